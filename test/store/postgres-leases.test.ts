import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import type { Pool } from "pg";
import type { PostgresChannel } from "../../src/store/sql/postgres-channel";
import { PostgresLeases } from "../../src/store/sql/postgres-leases";
import { newProcessName } from "../../src/store/sql/process-name";
import type { TenantId } from "../../src/domain/tenant-id";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";

type Listener = Parameters<PostgresChannel["listenToLeases"]>[0];

let isFree: boolean;
let asked: string[];
/** The name of the lease, as it was asked for. */
let name: string;
let listeners: Set<Listener>;
let leases: PostgresLeases;

beforeEach(() => {
  jest.useFakeTimers();
  [isFree, asked, name, listeners] = [false, [], "", new Set()];
  const query = (statement: { readonly name: string; readonly values: readonly string[] }): Promise<object> => {
    asked.push(statement.name);
    if (statement.name === "take lease")
      name = (JSON.parse(statement.values[1] ?? "") as { name: string }[])[0]?.name ?? "";
    return Promise.resolve({ rows: [], rowCount: isFree ? 1 : 0 });
  };
  const channel = {
    names: newProcessName("public", "tributary"),
    payloadOfLease: () => "",
    listenToLeases: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  leases = new PostgresLeases({ query } as unknown as Pool, channel as unknown as PostgresChannel);
});

afterEach(() => {
  jest.useRealTimers();
});

async function tell(tenant: TenantId | null, lease: string | null): Promise<readonly string[]> {
  for (const listener of listeners) listener(tenant, lease);
  await jest.advanceTimersByTimeAsync(0);
  return asked.splice(0);
}

it("asks for a lease again as soon as it was given back, or may have been, and every second", async () => {
  const done = leases.exclusively(ACME_TENANT, "feed", () => Promise.resolve("done"));
  await jest.advanceTimersByTimeAsync(0);
  expect(asked.splice(0)).toEqual(["take lease"]);
  expect(await tell(ACME_TENANT, "another")).toEqual([]);
  expect(await tell(OTHER_TENANT, name)).toEqual([]);
  expect(await tell(OTHER_TENANT, null)).toEqual([]);
  expect(await tell(ACME_TENANT, null)).toEqual(["take lease"]);
  expect(await tell(null, null)).toEqual(["take lease"]);
  await jest.advanceTimersByTimeAsync(999);
  expect(asked).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(asked.splice(0)).toEqual(["take lease"]);
  isFree = true;
  expect(await tell(ACME_TENANT, name)).toEqual(["take lease", "release lease"]);
  expect([await done, listeners.size, jest.getTimerCount(), leases.waits]).toEqual(["done", 0, 0, 1]);
});
