import { beforeEach, describe, expect, it } from "@jest/globals";
import { ALL_SCOPES } from "../../src/domain/access";
import { tenantId, type TenantId } from "../../src/domain/tenant-id";
import type { GraphServices } from "../../src/graphql/graph-services";
import { Secret } from "../../src/settings/secret";
import { Tenants, type Tenant } from "../../src/wiring/open-tenants";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";

const HOUR_MS = 3_600_000;

let now: number;
let log: string[];
let tenants: Tenants;

function tenant(id: TenantId, apiKey: string, others: Partial<Tenant> = {}): Tenant {
  const providers = { SURFE: { apiKey: new Secret(apiKey) } } as unknown as Tenant["providers"];
  return { id, keys: [], sandbox: false, providers, requestsPerMinute: null, ...others };
}

beforeEach(() => {
  now = 0;
  log = [];
  tenants = new Tenants([tenant(ACME_TENANT, "a"), tenant(OTHER_TENANT, "b")], {
    now: () => new Date(now),
    open: ({ id }) => {
      log.push(`open ${id}`);
      return Promise.resolve({ services: {} as GraphServices, close: () => void log.push(`close ${id}`) });
    },
  });
});

describe("Tenants", () => {
  it("opens services at the first request, once", async () => {
    const [first, second] = [tenants.servicesOf(ACME_TENANT), tenants.servicesOf(ACME_TENANT)];
    expect(await first).toBe(await second);
    expect(tenants.servicesOf(ACME_TENANT)).toBe(await first);
    expect([tenants.servicesOf(tenantId("nobody")), tenants.servicesOf(tenantId("constructor")), log]).toEqual([
      null,
      null,
      ["open acme"],
    ]);
  });

  it("opens services anew where a provider's setting or secret changed, and where the tenant became one of the sandbox", async () => {
    for (const changed of [tenant(ACME_TENANT, "another"), tenant(ACME_TENANT, "another", { sandbox: true })]) {
      await tenants.servicesOf(ACME_TENANT);
      tenants.replace([changed, tenant(OTHER_TENANT, "b")]);
    }
    await tenants.servicesOf(ACME_TENANT);
    expect([...log].sort()).toEqual(["close acme", "close acme", "open acme", "open acme", "open acme"]);
  });

  it("keeps services where only keys and limits changed", async () => {
    const services = await tenants.servicesOf(ACME_TENANT);
    const keys = [{ name: "web", sha256: "a".repeat(64), scopes: ALL_SCOPES }];
    tenants.replace([tenant(ACME_TENANT, "a", { keys, requestsPerMinute: 5 })]);
    expect([tenants.servicesOf(ACME_TENANT), tenants.find(ACME_TENANT)?.requestsPerMinute, log]).toEqual([
      services,
      5,
      ["open acme"],
    ]);
  });

  it("lets go of a tenant that the file drops, and of one that is idle for long", async () => {
    await tenants.servicesOf(ACME_TENANT);
    await tenants.servicesOf(OTHER_TENANT);
    tenants.replace([tenant(ACME_TENANT, "a")]);
    expect(tenants.servicesOf(OTHER_TENANT)).toBeNull();
    now += HOUR_MS;
    tenants.closeIdle();
    expect(tenants.open().map(({ id }) => id)).toEqual(["acme"]);
    now += 1;
    tenants.closeIdle();
    await Promise.resolve();
    expect([tenants.open(), log]).toEqual([[], ["open acme", "open other", "close other", "close acme"]]);
    await tenants.servicesOf(ACME_TENANT);
    expect(tenants.open().map(({ id }) => id)).toEqual(["acme"]);
  });
});
