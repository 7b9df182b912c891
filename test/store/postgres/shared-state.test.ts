import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openPostgres } from "../../../src/store/open-postgres";
import type { PostgresDatabase } from "../../../src/store/sql/postgres-database";
import type { SharedState } from "../../../src/store/sql/processes";
import { query } from "../../support/database";
import { startTcpProxy, type TcpProxy } from "../../support/postgres/tcp-proxy";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";
import { newPostgresUrl } from "../../support/test-database";

let proxy: TcpProxy;
let one: PostgresDatabase;
let other: PostgresDatabase;

beforeEach(async () => {
  const url = await newPostgresUrl();
  proxy = await startTcpProxy(url);
  one = await openPostgres({ url, max: 4 });
  other = await openPostgres({ url: proxy.url, max: 4 });
});

afterEach(async () => {
  await Promise.all([one.destroy(), other.destroy()]);
  await proxy.cut();
});

/** Adds one, and returns the number before. */
function count(state: SharedState): Promise<unknown> {
  return state.change((before) => {
    const { number } = (before ?? { number: 0 }) as { readonly number: number };
    return { state: { number: number + 1 }, result: number };
  });
}

describe("Processes.sharedState", () => {
  it("makes the changes of all processes one after the other", async () => {
    const states = [one, other, one].map(({ processes }) => processes.sharedState(ACME_TENANT, "a count"));
    const counted = await Promise.all(Array.from({ length: 20 }, () => states.map(count)).flat());
    expect([...counted].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 60 }, (_, nth) => nth));
    expect(await query(one, "select tenant, name, state from shared_state")).toEqual([
      { tenant: ACME_TENANT, name: "a count", state: '{"number":60}' },
    ]);
  });

  it("is separate for each tenant and name", async () => {
    const named = [
      [ACME_TENANT, "a"],
      [ACME_TENANT, "b"],
      [OTHER_TENANT, "a"],
    ] as const;
    for (const [tenant, name] of named) expect(await count(one.processes.sharedState(tenant, name))).toBe(0);
  });

  it("fails while PostgreSQL is away, and goes on from what is stored once it is back", async () => {
    const state = other.processes.sharedState(ACME_TENANT, "a count");
    await count(state);
    await proxy.cut();
    await expect(count(state)).rejects.toMatchObject({ name: "StoreError", trouble: "connection" });
    await count(one.processes.sharedState(ACME_TENANT, "a count"));
    await proxy.heal();
    expect(await count(state)).toBe(2);
  });

  it("rejects the change that throws, and goes on", async () => {
    const state = one.processes.sharedState(ACME_TENANT, "a count");
    await expect(
      state.change(() => {
        throw new Error("oops");
      }),
    ).rejects.toThrow("oops");
    expect(await count(state)).toBe(0);
  });
});
