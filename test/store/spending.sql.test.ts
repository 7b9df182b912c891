import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NO_ORIGIN, type CallOrigin } from "../../src/domain/call-origin";
import { tenantId } from "../../src/domain/tenant-id";
import type { NewCall } from "../../src/feeds/feed/call-ledger.port";
import type { SpendingQuery, SpendingSum } from "../../src/feeds/spending-report.port";
import { SqlCallLedger } from "../../src/store/ledger.sql";
import type { Database } from "../../src/store/open-database";
import { SqlSpendingReport } from "../../src/store/spending.sql";
import { execute } from "../support/database";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";
import { openTestDatabase } from "../support/test-database";

const at = (text: string): Date => new Date(text);

let database: Database;
let ledger: SqlCallLedger;
let report: SqlSpendingReport;
let made = 0;

beforeEach(async () => {
  database = await openTestDatabase();
  ledger = new SqlCallLedger(database);
  report = new SqlSpendingReport(database);
});

afterEach(() => database.destroy());

/** A call that ended with an error that cost `credits`; `null`: its outcome is unknown. */
async function spend(
  credits: number | null,
  ended: Date,
  origin: Partial<CallOrigin> = {},
  changes: Partial<NewCall> = {},
): Promise<void> {
  const call: NewCall = {
    id: String((made += 1)),
    tenant: ACME_TENANT,
    provider: "SURFE",
    operation: "extend",
    feedId: null,
    reservedCredits: 9,
    startedAt: ended,
    origin: { ...NO_ORIGIN, ...origin },
    ...changes,
  };
  await ledger.begin(call, null);
  await ledger.fail(call, "PROVIDER_REJECTED_REQUEST", credits, ended);
}

function sums(query: Partial<SpendingQuery> = {}, tenant = ACME_TENANT): Promise<readonly SpendingSum[]> {
  return report.sums(tenant, { since: null, until: null, by: [], ...query });
}

const NOTHING: SpendingSum = {
  provider: null,
  day: null,
  operation: null,
  client: null,
  user: null,
  calls: 0,
  credits: 0,
  unsettled: 0,
};

describe("SqlSpendingReport", () => {
  beforeEach(async () => {
    await spend(3, at("2026-11-19T23:59:59.999Z"), { operation: "Shortlist", client: "web", user: "u1" });
    await spend(2, at("2026-11-20T00:00:00Z"), { operation: "Shortlist", client: "web", user: "u2" });
    await spend(1.5, at("2026-11-20T12:00:00Z"), { client: "web" }, { provider: "LUSHA" });
    await spend(null, at("2026-11-21T12:00:00Z"), { operation: "Other", user: "u1" }, { provider: "LINKUP" });
    await spend(100, at("2026-11-20T12:00:00Z"), {}, { tenant: OTHER_TENANT });
  });

  it("adds all up, of one tenant", async () => {
    expect(await sums()).toEqual([{ ...NOTHING, calls: 4, credits: 6.5, unsettled: 9 }]);
    expect(await sums({}, OTHER_TENANT)).toEqual([{ ...NOTHING, calls: 1, credits: 100 }]);
    expect(await sums({}, tenantId("nobody"))).toEqual([]);
  });

  it("divides the sums by what is asked for, the oldest day first and what is unknown last", async () => {
    expect(await sums({ by: ["DAY", "PROVIDER"] })).toEqual([
      { ...NOTHING, day: "2026-11-19", provider: "SURFE", calls: 1, credits: 3 },
      { ...NOTHING, day: "2026-11-20", provider: "SURFE", calls: 1, credits: 2 },
      { ...NOTHING, day: "2026-11-20", provider: "LUSHA", calls: 1, credits: 1.5 },
      { ...NOTHING, day: "2026-11-21", provider: "LINKUP", calls: 1, unsettled: 9 },
    ]);
    expect(await sums({ by: ["OPERATION"] })).toEqual([
      { ...NOTHING, operation: "Other", calls: 1, unsettled: 9 },
      { ...NOTHING, operation: "Shortlist", calls: 2, credits: 5 },
      { ...NOTHING, calls: 1, credits: 1.5 },
    ]);
    expect(await sums({ by: ["CLIENT", "USER"] })).toEqual([
      { ...NOTHING, client: "web", user: "u1", calls: 1, credits: 3 },
      { ...NOTHING, client: "web", user: "u2", calls: 1, credits: 2 },
      { ...NOTHING, client: "web", calls: 1, credits: 1.5 },
      { ...NOTHING, user: "u1", calls: 1, unsettled: 9 },
    ]);
  });

  it("sums the calls for one user, or for none", async () => {
    expect(await sums({ ofUser: "u1" })).toEqual([{ ...NOTHING, calls: 2, credits: 3, unsettled: 9 }]);
    expect(await sums({ ofUser: null })).toEqual([{ ...NOTHING, calls: 1, credits: 1.5 }]);
    expect(await sums({ ofUser: "u1", since: at("2026-11-21T00:00:00.001Z") })).toEqual([
      { ...NOTHING, calls: 1, unsettled: 9 },
    ]);
  });

  it.each([
    ["2026-11-19T23:59:59.999Z", "2026-11-20T00:00:00Z", 3],
    ["2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", 3.5],
    ["2026-11-20T00:00:00.001Z", "2026-11-20T12:00:00.001Z", 1.5],
    ["2026-11-20T00:00:00.001Z", "2026-11-20T12:00:00Z", 0],
    ["2026-11-19T12:00:00Z", "2026-11-22T12:00:00Z", 6.5],
  ])("takes a period to the millisecond: %s to %s", async (since, until, credits) => {
    const [sum] = await sums({ since: at(since), until: at(until) });
    expect(sum?.credits ?? 0).toBe(credits);
  });

  it("agrees with what was spent of each provider, from any time on", async () => {
    for (const since of [
      null,
      at("2026-11-19T23:59:59.999Z"),
      at("2026-11-20T12:00:00Z"),
      at("2026-11-22T00:00:00Z"),
    ]) {
      const periods = (["SURFE", "LUSHA"] as const).map((provider) => ({ provider, since }));
      const byProvider = await sums({ since, by: ["PROVIDER"] });
      const credits = periods.map((period) => byProvider.find((one) => one.provider === period.provider)?.credits ?? 0);
      expect(credits).toEqual(await ledger.spent(ACME_TENANT, periods));
    }
  });

  it("counts neither running calls nor those that were never sent", async () => {
    const call: NewCall = {
      id: "running",
      tenant: ACME_TENANT,
      provider: "SURFE",
      operation: "extend",
      feedId: null,
      reservedCredits: 9,
      startedAt: at("2026-11-20T12:00:00Z"),
      origin: NO_ORIGIN,
    };
    await ledger.begin(call, null);
    const before = await sums();
    await ledger.forget(call);
    expect([before, await sums()]).toEqual(Array(2).fill([{ ...NOTHING, calls: 4, credits: 6.5, unsettled: 9 }]));
  });

  it("keeps long names shortened, as an index has them", async () => {
    await spend(1, at("2026-11-25T00:00:00Z"), {
      client: "c".repeat(20_000),
      operation: "o".repeat(20_000),
      user: "u".repeat(20_000),
    });
    expect(await sums({ since: at("2026-11-25T00:00:00Z"), by: ["CLIENT", "OPERATION", "USER"] })).toEqual([
      { ...NOTHING, client: "c".repeat(100), operation: "o".repeat(100), user: "u".repeat(250), calls: 1, credits: 1 },
    ]);
  });

  it("refuses a report that would be too long, and says how to shorten it", async () => {
    await execute(
      database,
      `insert into spending (tenant, day, provider, operation, client, user_name, calls, credits, unsettled)
       with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 10001)
       select 'long', n, 'SURFE', '', '', '', 1, 1, 0 from numbers`,
    );
    await expect(sums({ by: ["DAY"] }, tenantId("long"))).rejects.toThrow(
      "This report has more than 10000 sums. Choose a shorter period (since, until), or fewer dimensions (by).",
    );
    expect(await sums({}, tenantId("long"))).toEqual([{ ...NOTHING, calls: 10_001, credits: 10_001 }]);
  });
});
