import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NO_ORIGIN } from "../../src/domain/call-origin";
import type { NewCall } from "../../src/feeds/feed/call-ledger.port";
import type { Database } from "../../src/store/open-database";
import { settleCall, SqlCallLedger } from "../../src/store/ledger.sql";
import { query, spentSince } from "../support/database";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";
import { openTestDatabase } from "../support/test-database";

const NOVEMBER = new Date("2026-11-30T23:59:59.999Z");
const DECEMBER = new Date("2026-12-01T00:00:00Z");

let database: Database;
let ledger: SqlCallLedger;

beforeEach(async () => {
  database = await openTestDatabase();
  ledger = new SqlCallLedger(database);
});

afterEach(() => database.destroy());

function callOf(id: string, reservedCredits = 0, changes: Partial<NewCall> = {}): NewCall {
  return {
    id,
    tenant: ACME_TENANT,
    provider: "SURFE",
    operation: "extend",
    feedId: "feed",
    reservedCredits,
    startedAt: NOVEMBER,
    origin: NO_ORIGIN,
    ...changes,
  };
}

function charge(id: string, units: readonly string[], at: Date): Promise<number> {
  const call = { id, provider: "SURFE", charge: { kind: "units", units } } as const;
  return database.writing(ACME_TENANT, (writer) => settleCall(writer, call, at));
}

function rows() {
  return query(database, "select id, outcome, settled_at, credits from provider_call order by id");
}

describe("SqlCallLedger", () => {
  it("writes a call down before it is settled", async () => {
    const origin = { operation: "Shortlist", client: "web", clientVersion: "1.2.3", caller: "key", user: "u1" };
    expect(await ledger.begin(callOf("1", 5, { origin }), null)).toBeNull();
    expect(await query(database, "select * from provider_call")).toEqual([
      {
        tenant: ACME_TENANT,
        id: "1",
        provider: "SURFE",
        operation: "extend",
        feed_id: "feed",
        reserved_credits: 5,
        started_at: NOVEMBER.getTime(),
        settled_at: null,
        outcome: null,
        credits: 0,
        operation_name: "Shortlist",
        client: "web",
        client_version: "1.2.3",
        caller: "key",
        user_name: "u1",
      },
    ]);
  });

  it("settles calls each in its way", async () => {
    for (const id of ["1", "2", "3", "4"]) await ledger.begin(callOf(id, 5), null);
    await ledger.fail(callOf("1"), "PROVIDER_UNAVAILABLE", 0, NOVEMBER);
    await ledger.fail(callOf("2"), "PROVIDER_BAD_RESPONSE", 1.5, NOVEMBER);
    await ledger.succeed(callOf("3"), NOVEMBER);
    await ledger.forget(callOf("4"));
    const settled_at = NOVEMBER.getTime();
    expect(await rows()).toEqual([
      { id: "1", outcome: "PROVIDER_UNAVAILABLE", settled_at, credits: 0 },
      { id: "2", outcome: "PROVIDER_BAD_RESPONSE", settled_at, credits: 1.5 },
      { id: "3", outcome: "OK", settled_at, credits: 0 },
    ]);
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", null)).toBe(1.5);
  });

  it("ends as unknown what a process left under way when it died; what may have cost something stays unsettled", async () => {
    for (const id of ["1", "2"]) await ledger.begin(callOf(id, 5), 10);
    await ledger.begin(callOf("3", 5, { provider: "LUSHA" }), 10);
    await ledger.succeed(callOf("1"), NOVEMBER);
    await ledger.endLost(["SURFE", "LETRICS"], DECEMBER);
    const outcome = "PROVIDER_OUTCOME_UNKNOWN";
    expect(await rows()).toEqual([
      { id: "1", outcome: "OK", settled_at: NOVEMBER.getTime(), credits: 0 },
      { id: "2", outcome, settled_at: DECEMBER.getTime(), credits: 0 },
      { id: "3", outcome, settled_at: null, credits: 0 },
    ]);
    expect(await ledger.begin(callOf("4", 10), 10)).toBeNull();
    expect(await ledger.begin(callOf("5", 6, { provider: "LUSHA" }), 10)).toBe(5);
  });

  describe("where the answer of a lost call comes after all", () => {
    const sums = async () => ({
      calls: await rows(),
      counts: await query(database, "select day, credits, unsettled from credit_count order by day"),
      spending: await query(database, "select calls, credits, unsettled from spending order by day"),
    });

    it.each([
      ["LUSHA", [], 25],
      ["SURFE", ["SURFE"], 0],
    ] as const)(
      "counts a call of %s once, at its cost, and no longer as unsettled",
      async (provider, safe, unsettled) => {
        const call = callOf("1", 25, { provider });
        await ledger.begin(call, null);
        await ledger.endLost(safe, NOVEMBER);
        expect((await sums()).spending).toEqual([{ calls: 1, credits: 0, unsettled }]);
        const paid = { id: "1", provider, charge: { kind: "credits", credits: 7 } } as const;
        const settled = {
          calls: [{ id: "1", outcome: "OK", settled_at: NOVEMBER.getTime(), credits: 7 }],
          spending: [{ calls: 1, credits: 7, unsettled: 0 }],
        };
        for (let time = 1; time <= 2; time += 1) {
          await database.writing(ACME_TENANT, (writer) => settleCall(writer, paid, NOVEMBER));
          expect(await sums()).toMatchObject(settled);
          expect(await ledger.committed(ACME_TENANT, provider, NOVEMBER)).toBe(7);
          expect(await spentSince(ledger, ACME_TENANT, provider, null)).toBe(7);
        }
      },
    );

    it("keeps its reservation once where its cost is unknown again", async () => {
      const call = callOf("1", 25, { provider: "LUSHA" });
      await ledger.begin(call, null);
      await ledger.endLost([], NOVEMBER);
      await ledger.fail(call, "PROVIDER_OUTCOME_UNKNOWN", null, NOVEMBER);
      expect(await ledger.committed(ACME_TENANT, "LUSHA", NOVEMBER)).toBe(25);
      expect((await sums()).spending).toEqual([{ calls: 1, credits: 0, unsettled: 25 }]);
    });

    it("counts nothing of a call that was never made", async () => {
      const call = callOf("1", 25, { provider: "LUSHA" });
      await ledger.begin(call, null);
      await ledger.endLost([], NOVEMBER);
      await ledger.forget(call);
      expect(await rows()).toEqual([]);
      expect(await ledger.committed(ACME_TENANT, "LUSHA", NOVEMBER)).toBe(0);
      expect((await sums()).spending).toEqual([{ calls: 0, credits: 0, unsettled: 0 }]);
    });

    it("leaves as it is what was settled by hand", async () => {
      await ledger.begin(callOf("1", 25, { provider: "LUSHA" }), null);
      await ledger.endLost([], NOVEMBER);
      await ledger.settleByHand(ACME_TENANT, "1", 3);
      const paid = { id: "1", provider: "LUSHA", charge: { kind: "credits", credits: 7 } } as const;
      await database.writing(ACME_TENANT, (writer) => settleCall(writer, paid, NOVEMBER));
      expect((await sums()).spending).toEqual([{ calls: 1, credits: 3, unsettled: 0 }]);
      expect(await ledger.committed(ACME_TENANT, "LUSHA", NOVEMBER)).toBe(3);
    });
  });

  it("leaves calls alone that another process may still be making, by their tenants and providers", async () => {
    for (const id of ["1", "2"]) await ledger.begin(callOf(id, 5, { provider: id === "1" ? "SURFE" : "LUSHA" }), null);
    const later = new Date(NOVEMBER.getTime() + 1);
    const asked: string[] = [];
    await ledger.endLost(["SURFE"], DECEMBER, (tenant, provider) => {
      asked.push(`${tenant} ${provider}`);
      return provider === "SURFE" ? later : NOVEMBER;
    });
    expect((await rows()).map(({ id, outcome }) => [id, outcome])).toEqual([
      ["1", "PROVIDER_OUTCOME_UNKNOWN"],
      ["2", null],
    ]);
    expect(asked.sort()).toEqual(["acme LUSHA", "acme SURFE"]);
  });
});

describe("the budget", () => {
  it("counts what was charged this month and what calls under way may still cost", async () => {
    await ledger.begin(callOf("1", 4), 10);
    await charge("1", ["a", "b", "c"], NOVEMBER);
    expect(await ledger.begin(callOf("2", 5), 10)).toBeNull();
    expect(await ledger.begin(callOf("3", 3), 10)).toBe(2);
    expect(await ledger.begin(callOf("4", 2), 10)).toBeNull();
    expect((await rows()).map(({ id }) => id)).toEqual(["1", "2", "4"]);
  });

  it("gives back what a call did not cost", async () => {
    await ledger.begin(callOf("1", 10), 10);
    expect(await ledger.begin(callOf("2", 1), 10)).toBe(0);
    await ledger.fail(callOf("1"), "PROVIDER_UNAVAILABLE", 0, NOVEMBER);
    expect(await ledger.begin(callOf("2", 10), 10)).toBeNull();
  });

  it("keeps the reservation of a call of which nobody can tell what it cost, for the rest of the month", async () => {
    await ledger.begin(callOf("1", 6), 10);
    await ledger.fail(callOf("1"), "PROVIDER_OUTCOME_UNKNOWN", null, NOVEMBER);
    expect(await rows()).toEqual([{ id: "1", outcome: "PROVIDER_OUTCOME_UNKNOWN", settled_at: null, credits: 0 }]);
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", null)).toBe(0);
    expect(await ledger.begin(callOf("2", 5), 10)).toBe(4);
    expect(await ledger.begin(callOf("3", 4), 10)).toBeNull();
    expect(await ledger.begin(callOf("4", 6, { startedAt: DECEMBER }), 10)).toBeNull();
  });

  it("is anew each calendar month, and each tenant's and provider's own", async () => {
    await charge("1", ["a", "b"], NOVEMBER);
    expect(await ledger.begin(callOf("2", 1), 2)).toBe(0);
    expect(await ledger.begin(callOf("3", 2, { startedAt: DECEMBER }), 2)).toBeNull();
    expect(await ledger.begin(callOf("4", 2, { tenant: OTHER_TENANT }), 2)).toBeNull();
    expect(await ledger.begin(callOf("5", 2, { provider: "LUSHA" }), 2)).toBeNull();
  });

  it("counts neither earlier months nor later ones, to the millisecond", async () => {
    const [october, november] = [new Date("2026-10-31T23:59:59.999Z"), new Date("2026-11-01T00:00:00Z")];
    await charge("1", ["a"], october);
    await charge("2", ["a", "b"], november);
    await charge("3", ["a", "b", "c", "d"], DECEMBER);
    expect(await ledger.begin(callOf("4", 2, { startedAt: october }), 2)).toBe(1);
    expect(await ledger.begin(callOf("5", 1, { startedAt: october }), 2)).toBeNull();
    await ledger.forget(callOf("5"));
    expect(await ledger.begin(callOf("6", 2, { startedAt: NOVEMBER }), 3)).toBe(1);
    expect(await ledger.begin(callOf("7", 1, { startedAt: NOVEMBER }), 3)).toBeNull();
    await ledger.forget(callOf("7"));
    expect(await ledger.begin(callOf("8", 2, { startedAt: DECEMBER }), 5)).toBe(1);
    expect(await ledger.begin(callOf("9", 1, { startedAt: DECEMBER }), 5)).toBeNull();
  });

  it("lets through what is free, and with none set everything", async () => {
    expect(await ledger.begin(callOf("1", 0), 0)).toBeNull();
    expect(await ledger.begin(callOf("2", 1), 0)).toBe(0);
    expect(await ledger.begin(callOf("3", 1_000_000), null)).toBeNull();
  });
});

describe("settleCall", () => {
  it("charges each name once a calendar month (UTC), and again in the next", async () => {
    for (const id of ["1", "2", "3"]) await ledger.begin(callOf(id), null);
    await charge("1", ["a", "b", "a"], NOVEMBER);
    await charge("2", ["b", "c"], NOVEMBER);
    await charge("3", ["a", "b", "c", "d"], DECEMBER);
    expect((await rows()).map(({ credits, outcome }) => [credits, outcome])).toEqual([
      [2, "OK"],
      [1, "OK"],
      [4, "OK"],
    ]);
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", null)).toBe(7);
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", DECEMBER)).toBe(4);
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", NOVEMBER)).toBe(7);
    expect(await spentSince(ledger, ACME_TENANT, "LUSHA", null)).toBe(0);
    expect(await spentSince(ledger, OTHER_TENANT, "SURFE", null)).toBe(0);
  });

  it("charges what the provider said", async () => {
    for (const id of ["1", "2"]) {
      await ledger.begin(callOf(id), null);
      const charge = { kind: "credits", credits: 2.5 } as const;
      await database.writing(ACME_TENANT, (writer) => settleCall(writer, { id, provider: "SURFE", charge }, NOVEMBER));
    }
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", null)).toBe(5);
  });

  it("charges nothing for no names, and thousands at once", async () => {
    await charge("1", [], NOVEMBER);
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", null)).toBe(0);
    await charge(
      "2",
      Array.from({ length: 2_000 }, (_, i) => String(i)),
      NOVEMBER,
    );
    expect(await spentSince(ledger, ACME_TENANT, "SURFE", null)).toBe(2_000);
  });
});
