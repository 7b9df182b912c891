import { isDeepStrictEqual } from "node:util";
import type { TenantConfig } from "../config/access/tenant-config";
import type { TenantId } from "../domain/tenant-id";
import { Secret } from "../settings/secret";
import type { GraphServices } from "../graphql/graph-services";
import type { DESCRIPTORS } from "./provider-list";

/** A tenant, with the providers of this program. */
export type Tenant = TenantConfig<typeof DESCRIPTORS>;

/** The running services of one tenant. */
export interface OpenTenant {
  readonly services: GraphServices;
  /** Closes the connections to its providers. Calls that run go on. */
  close(): void;
}

export interface TenantsOptions {
  readonly open: (tenant: Tenant) => Promise<OpenTenant>;
  readonly now: () => Date;
  /** Time without requests after which a tenant's services are closed; they are opened again at its next request. */
  readonly idleMs?: number;
}

interface Entry {
  readonly tenant: Tenant;
  readonly opening: Promise<OpenTenant>;
  opened: OpenTenant | null;
  usedAt: number;
}

const HOUR_MS = 3_600_000;

/** The tenants of this process. Services of a tenant are opened at its first request. */
export class Tenants {
  #tenants: ReadonlyMap<TenantId, Tenant>;
  readonly #entries = new Map<TenantId, Entry>();

  constructor(
    tenants: readonly Tenant[],
    private readonly options: TenantsOptions,
  ) {
    this.#tenants = byId(tenants);
  }

  /** `null`: there is no such tenant. */
  find(id: TenantId): Tenant | null {
    return this.#tenants.get(id) ?? null;
  }

  /** The services of a tenant: at once where they are open. `null`: there is no such tenant. Rejects where they cannot be opened. */
  servicesOf(id: TenantId): GraphServices | Promise<GraphServices> | null {
    const tenant = this.#tenants.get(id);
    if (!tenant) return null;
    const entry = this.#entries.get(id) ?? this.#enter(tenant);
    entry.usedAt = this.options.now().getTime();
    return entry.opened?.services ?? entry.opening.then(({ services }) => services);
  }

  /** The services that are open now. */
  open(): readonly { readonly id: TenantId; readonly services: GraphServices }[] {
    return [...this.#entries].flatMap(([id, { opened }]) => (opened ? [{ id, services: opened.services }] : []));
  }

  /** Replaces the tenants. Services of a tenant that changed are opened anew; requests that have begun keep theirs. */
  replace(tenants: readonly Tenant[]): void {
    this.#tenants = byId(tenants);
    for (const [id, entry] of this.#entries) {
      const tenant = this.#tenants.get(id);
      if (!tenant || !isSame(tenant, entry.tenant)) this.#close(id, entry);
    }
  }

  /** Closes services that have had no request for long. */
  closeIdle(): void {
    const before = this.options.now().getTime() - (this.options.idleMs ?? HOUR_MS);
    for (const [id, entry] of this.#entries) if (entry.opened && entry.usedAt < before) this.#close(id, entry);
  }

  /** Closes all services. */
  async close(): Promise<void> {
    const entries = [...this.#entries];
    for (const [id, entry] of entries) this.#close(id, entry);
    await Promise.allSettled(entries.map(([, { opening }]) => opening));
  }

  #enter(tenant: Tenant): Entry {
    const entry: Entry = { tenant, opening: this.options.open(tenant), opened: null, usedAt: 0 };
    this.#entries.set(tenant.id, entry);
    entry.opening.then(
      (opened) => {
        entry.opened = opened;
      },
      () => {
        if (this.#entries.get(tenant.id) === entry) this.#entries.delete(tenant.id); // the next request tries again
      },
    );
    return entry;
  }

  #close(id: TenantId, entry: Entry): void {
    this.#entries.delete(id);
    void entry.opening.then(
      (opened) => opened.close(),
      () => undefined, // it was reported to those who waited for it
    );
  }
}

function byId(tenants: readonly Tenant[]): ReadonlyMap<TenantId, Tenant> {
  return new Map(tenants.map((tenant) => [tenant.id, tenant]));
}

/** Whether the services of both are the same: keys and limits of requests do not count. */
function isSame(a: Tenant, b: Tenant): boolean {
  return a.sandbox === b.sandbox && isDeepStrictEqual(revealed(a.providers), revealed(b.providers));
}

/** Secrets compare by what they hold. */
function revealed(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal() as unknown;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revealed(inner)]));
}
