import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { NO_ORIGIN } from "../../../src/domain/call-origin";
import type { NewCall } from "../../../src/feeds/feed/call-ledger.port";
import { Loaders, type LoadedServices } from "../../../src/graphql/loaders/loaders";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { SqlCallLedger } from "../../../src/store/ledger.sql";
import { watched } from "../../support/database";
import { callerWith, NOW } from "../../support/fake-feed";
import { ACME_TENANT } from "../../support/tenants";

let database: Database;

beforeEach(async () => {
  database = await openDatabase(":memory:");
});
afterEach(() => database.destroy());

describe("creditsByPeriod", () => {
  it("reads all periods of a request in two statements, however often each is asked for", async () => {
    const call: NewCall = {
      id: "1",
      tenant: ACME_TENANT,
      provider: "SURFE",
      operation: "fetch",
      feedId: null,
      reservedCredits: 5,
      startedAt: NOW,
      origin: NO_ORIGIN,
    };
    const ledger = new SqlCallLedger(database);
    await ledger.begin(call, null);
    await ledger.fail(call, "PROVIDER_REJECTED_REQUEST", 3, NOW);
    const seen = watched(database);
    const over = new SqlCallLedger(seen);
    const creditsSpent: LoadedServices["creditsSpent"] = (tenant, periods) => over.spent(tenant, periods);
    const { creditsByPeriod } = new Loaders(ACME_TENANT, { creditsSpent } as LoadedServices, () => callerWith(0));
    const minutesAgo = (count: number) => new Date(NOW.getTime() - count * 60_000);
    const asked = Array.from({ length: 60 }, (_, at) => at - 1).flatMap((at) => [
      creditsByPeriod.load({ provider: "SURFE", since: minutesAgo(at) }),
      creditsByPeriod.load({ provider: "SURFE", since: null }),
      creditsByPeriod.load({ provider: "LUSHA", since: minutesAgo(at) }),
    ]);
    expect(await Promise.all(asked)).toEqual([0, 3, 0, ...Array.from({ length: 59 }, () => [3, 3, 0]).flat()]);
    expect(seen.statements).toEqual(["counted credits", "credits of settled calls"]);
  });
});
