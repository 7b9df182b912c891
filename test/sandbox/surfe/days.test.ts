import { afterEach, describe, expect, it } from "@jest/globals";
import type { SurfeOptions } from "../../../src/sandbox/surfe/surfe-options";
import { EXAMPLE_TIME, startSurfe, type TestSurfe } from "../support/start-surfe";
import { surfeClient } from "../support/surfe-client";

const HOUR = 3_600_000;

let surfe: TestSurfe;

async function start(options: SurfeOptions = {}): Promise<void> {
  surfe = await startSurfe({ apiKey: ["sandbox", "other"], ...options });
  await surfe.saveIcp({});
}

afterEach(() => surfe.close());

describe("within a day", () => {
  it("the same window gives the same companies", async () => {
    await start();
    const first = await surfe.rows(0, 5);
    await surfe.rows(5, 12);
    expect(await surfe.rows(0, 5)).toEqual(first);
  });
});

describe("when the day turns", () => {
  it("offset 0 is the first company not yet seen", async () => {
    await start();
    expect(await surfe.domains(0, 3)).toEqual(["surfe.com", "lanternpeople.com", "beaconbioworks.co.jp"]);
    expect(await surfe.domains(5, 6)).toEqual(["orchardbuilders.de"]);
    surfe.control.turnDay();
    expect(await surfe.domains(0, 3)).toEqual(["ravinehotels.ai", "canopypharma.com", "evergreentelecom.ai"]);
    surfe.control.turnDay();
    expect(await surfe.domains(0, 12)).toEqual([
      "jasperstores.co",
      "foxglovefinance.ca",
      "clearfieldfreight.com.mx",
      "crosswaypower.ai",
      "ashfordtrust.com",
    ]);
  });

  it("nothing comes any more once all were seen", async () => {
    await start();
    await surfe.rows(0, 12);
    surfe.control.turnDay();
    expect(await surfe.rows(0, 12)).toEqual({ companies: [], pagination: { from: 0, to: 12, hasMore: false } });
  });

  it("a profile that was not fetched keeps its list", async () => {
    await start();
    surfe.control.turnDay();
    expect((await surfe.domains(0, 12))[0]).toBe("surfe.com");
  });

  it("companies that were inserted take their places among the others", async () => {
    await start({ companies: 4 });
    await surfe.rows(0, 1);
    surfe.control.insert(2);
    expect((await surfe.rows(0, 1)).pagination.hasMore).toBe(true);
    expect(await surfe.domains(4, 20)).toEqual([]);
    surfe.control.turnDay();
    expect(await surfe.domains(0, 20)).toEqual([
      "canopypharma.com",
      "orchardbuilders.de",
      "evergreentelecom.ai",
      "jasperstores.co",
      "ashfordtrust.com",
    ]);
  });

  it("inserts no more than the catalogue has", async () => {
    await start({ companies: 5999 });
    surfe.control.insert(5);
    expect((await surfe.rows(5999, 6001)).companies).toHaveLength(1);
  });
});

describe("the clock", () => {
  it("turns the day at midnight UTC by default", async () => {
    let now = EXAMPLE_TIME;
    await start({ now: () => now });
    await surfe.rows(0, 11);
    now = EXAMPLE_TIME + 14 * HOUR - 1;
    expect(await surfe.domains(0, 12)).toHaveLength(12);
    now += 1;
    expect(await surfe.domains(0, 12)).toEqual([]);
  });

  it("turns it at another hour where the option says so", async () => {
    let now = EXAMPLE_TIME;
    await start({ now: () => now, dayTurnsAtHour: 11 });
    await surfe.rows(0, 11);
    now = EXAMPLE_TIME + HOUR - 1;
    expect(await surfe.domains(0, 11)).toHaveLength(11);
    now += 1;
    expect((await surfe.rows(0, 12)).companies).toMatchObject([
      { domain: "ashfordtrust.com", recommendation: { generatedAt: "2024-05-20T11:00:00Z" } },
    ]);
  });
});

describe("what one external user has seen", () => {
  async function secondDayOfB(seenBy: "externalUserId" | "key"): Promise<string[]> {
    await start({ seenBy });
    await surfe.saveIcp({ externalUserId: "b" });
    await surfe.rows(0, 10);
    expect(await surfe.domains(0, 2, "b")).toEqual(["surfe.com", "lanternpeople.com"]);
    surfe.control.turnDay();
    return surfe.domains(0, 12, "b");
  }

  it("stays open to another by default", async () => {
    expect(await secondDayOfB("externalUserId")).toHaveLength(10);
    expect(surfe.control.seen()).toHaveLength(10);
    expect(surfe.control.seen("b")).toHaveLength(12);
    expect(surfe.control.seen("c")).toEqual([]);
  });

  it("is closed to all of the key where the option says so", async () => {
    expect((await secondDayOfB("key")).sort()).toEqual(["ashfordtrust.com", "crosswaypower.ai"]);
    expect(surfe.control.seen()).toHaveLength(12);
    expect(surfe.control.seen("c")).toHaveLength(12);
  });

  it("stays open to another key either way", async () => {
    await start({ seenBy: "key" });
    await surfe.rows(0, 12);
    surfe.control.turnDay();
    const other = surfeClient(surfe.url, "other");
    await other.saveIcp({});
    expect(await other.domains(0, 12)).toHaveLength(12);
  });
});

describe("replacing the ICP", () => {
  const german = { companies: { primaryLocations: ["de"] }, people: { seniorities: ["Owner"] } };

  it("makes another list at once by default, in which today's may come again and earlier days' may not", async () => {
    await start({ onReplace: "new-list" });
    expect(await surfe.domains(0, 2)).toEqual(["surfe.com", "lanternpeople.com"]);
    await surfe.saveIcp(german);
    expect(await surfe.domains(0, 12)).toEqual(["orchardbuilders.de", "crosswaypower.ai"]);
    surfe.control.turnDay();
    await surfe.saveIcp({});
    expect(await surfe.domains(0, 12)).toHaveLength(8);
  });

  it("leaves the day's list as it is where the option says so", async () => {
    await start({ onReplace: "keep-day" });
    const before = await surfe.rows(0, 2);
    await surfe.saveIcp(german);
    expect(await surfe.rows(0, 2)).toEqual(before);
    surfe.control.turnDay();
    expect((await surfe.rows(0, 2)).companies).toMatchObject([
      { domain: "orchardbuilders.de", people: [] },
      { domain: "crosswaypower.ai", people: [] },
    ]);
  });

  it("works at once where there was no list yet that day", async () => {
    await start({ onReplace: "keep-day" });
    await surfe.saveIcp(german);
    expect(await surfe.domains(0, 12)).toEqual(["orchardbuilders.de", "crosswaypower.ai"]);
  });
});

describe("the charge", () => {
  it("is one for each unique company of a key, whoever fetches it and however often", async () => {
    await start();
    await surfe.saveIcp({ externalUserId: "d" });
    await surfe.rows(0, 4);
    await surfe.rows(1, 4);
    expect(surfe.control.charged()).toBe(4);
    await surfe.rows(2, 4, "d"); // the first one is the same
    expect(surfe.control.charged()).toBe(5);
    const other = surfeClient(surfe.url, "other");
    await other.saveIcp({});
    await other.rows(0, 1);
    expect(surfe.control.charged()).toBe(6);
  });

  it("starts anew each calendar month, not each day", async () => {
    let now = EXAMPLE_TIME;
    await start({ now: () => now });
    await surfe.rows(0, 2);
    surfe.control.turnDay();
    expect(surfe.control.charged()).toBe(2);
    now = Date.UTC(2024, 5, 1) - 1;
    expect(surfe.control.charged()).toBe(2);
    now = Date.UTC(2024, 5, 1);
    expect(surfe.control.charged()).toBe(0);
  });

  it("is due even where the answer was lost", async () => {
    await start();
    surfe.control.failNext({ kind: "reset", when: "after" });
    await expect(surfe.rows(0, 2)).rejects.toThrow("fetch failed");
    expect(surfe.control.charged()).toBe(2);
    expect(surfe.control.fetchedCompanies()).toEqual(["surfe.com", "lanternpeople.com"]);
  });
});

describe("the companies fetched", () => {
  it("are told in order, repeats included; those seen are told once", async () => {
    await start();
    await surfe.rows(1, 3);
    await surfe.rows(0, 2);
    expect(surfe.control.fetchedCompanies()).toEqual([
      "lanternpeople.com",
      "beaconbioworks.co.jp",
      "surfe.com",
      "lanternpeople.com",
    ]);
    expect(surfe.control.seen()).toEqual(["lanternpeople.com", "beaconbioworks.co.jp", "surfe.com"]);
  });
});
