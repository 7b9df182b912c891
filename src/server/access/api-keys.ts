import { hash } from "node:crypto";
import type { Access, Scope } from "../../domain/access";
import type { TenantId } from "../../domain/tenant-id";

/** An API key of a tenant, by its hash. */
export interface ApiKey {
  readonly name: string;
  /** SHA-256 of the key's UTF-8 text, hex, in lower case. */
  readonly sha256: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** A tenant with its keys. */
export interface TenantWithKeys {
  readonly id: TenantId;
  readonly keys: readonly ApiKey[];
}

/** The API keys of all tenants. Keys are compared by their hashes only, so how long that takes says nothing about a key. */
export class ApiKeys {
  readonly #accessByHash: ReadonlyMap<string, Access>;

  constructor(tenants: readonly TenantWithKeys[]) {
    this.#accessByHash = new Map(
      tenants.flatMap(({ id: tenant, keys }) =>
        keys.map(({ name: keyName, sha256, scopes }) => [sha256, { tenant, user: null, scopes, keyName }] as const),
      ),
    );
  }

  /** @param key as Node reads headers: one character for each byte. @returns `null` where the key is unknown. */
  accessOf(key: string): Access | null {
    return this.#accessByHash.get(hash("sha256", Buffer.from(key, "latin1"))) ?? null;
  }
}
