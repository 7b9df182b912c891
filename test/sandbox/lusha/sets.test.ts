import { afterEach, describe, expect, it } from "@jest/globals";
import type { LushaOptions } from "../../../src/sandbox/lusha/lusha-options";
import { SEEDS, startLusha, type TestLusha } from "../support/start-lusha";
import { EXAMPLE_TIME } from "../support/start-surfe";

const ALL = ["7762", "7207", "6578", "7318", "7059", "7429", "7466"];
const DAY_MS = 86_400_000;

let lusha: TestLusha;

async function start(options: LushaOptions = {}): Promise<void> {
  lusha = await startLusha({ errorEnvelope: "flat", ...options });
}

const idsOf = ({ companies }: Awaited<ReturnType<TestLusha["companies"]>>) =>
  companies.map(({ companyId }) => companyId);

afterEach(() => lusha.close());

describe("a requestId", () => {
  it("continues its set, and moves on with each use: the same call twice gives two pages, both charged", async () => {
    await start({ minLimit: 2 });
    const { requestId } = await lusha.companies({ limit: 2 });
    expect(idsOf(await lusha.companies({ limit: 2, requestId }))).toEqual(ALL.slice(2, 4));
    expect(idsOf(await lusha.companies({ limit: 2, requestId }))).toEqual(ALL.slice(4, 6));
    expect(lusha.control.charged()).toBe(6);
  });

  it("goes on with the seeds that its set was begun with", async () => {
    await start();
    const { requestId } = await lusha.companies();
    expect(idsOf(await lusha.companies({ companies: [{ companyId: "6578" }], requestId }))).toEqual(ALL.slice(5));
  });

  it("is another on each page by default, all of them continuing one set", async () => {
    await start({ minLimit: 2 });
    const one = await lusha.companies({ limit: 2 });
    const two = await lusha.companies({ limit: 2, requestId: one.requestId });
    expect([one.requestId, two.requestId]).toEqual(["req_test1", "req_test2"]);
    expect(idsOf(await lusha.companies({ limit: 2, requestId: one.requestId }))).toEqual(ALL.slice(4, 6));
    expect(idsOf(await lusha.companies({ limit: 2, requestId: two.requestId }))).toEqual(ALL.slice(6));
  });

  it("stays the same where it is told", async () => {
    await start({ requestIds: "each-set" });
    const { requestId } = await lusha.companies();
    expect((await lusha.companies({ requestId })).requestId).toBe(requestId);
    expect((await lusha.companies()).requestId).not.toBe(requestId);
  });

  it("begins a set anew where it is left out", async () => {
    await start();
    await lusha.companies();
    expect(idsOf(await lusha.companies())).toEqual(ALL.slice(0, 5));
  });

  it("is of one key and one kind", async () => {
    await start({ apiKey: ["sandbox", "other"] });
    const { requestId } = await lusha.companies();
    expect((await lusha.recommend({ companies: SEEDS, requestId }, "other")).status).toBe(404);
    expect((await lusha.recommend({ companies: SEEDS, requestId })).status).toBe(200);
    const contact = { personId: "675851474", companyId: "6504" };
    expect((await lusha.recommendContacts({ contacts: [contact], requestId })).status).toBe(404);
  });
});

describe("the end of a set", () => {
  it("is a page that is not full, and empty ones after it", async () => {
    await start();
    const { requestId } = await lusha.companies();
    const last = await lusha.companies({ requestId });
    expect(last.count).toBe(2);
    const past = await lusha.companies({ requestId: last.requestId });
    expect(past).toEqual({ companies: [], requestId: "req_test3", count: 0, creditsCharged: 0 });
    expect((await lusha.companies({ requestId: past.requestId })).count).toBe(0);
  });

  it("is an empty page where the last one was full", async () => {
    await start({ setSize: 5 });
    expect(await lusha.pages()).toEqual([ALL.slice(0, 5)]);
  });

  it("is an empty page only, others being short too, where it is told", async () => {
    await start({ endOfSet: "empty-page", minLimit: 2 });
    expect(await lusha.pages({ limit: 2 })).toEqual([
      ALL.slice(0, 2),
      ALL.slice(2, 4),
      ALL.slice(4, 5),
      ALL.slice(5, 7),
    ]);
  });
});

describe("an expired set", () => {
  const continued = async (requestId: string) => {
    const { status, body } = await lusha.recommend({ companies: SEEDS, limit: 5, requestId });
    return [status, body];
  };
  const words = "requestId: is not known or has expired";

  it("is answered 404 by default, uncharged, as is an id that was never given", async () => {
    await start();
    const { requestId } = await lusha.companies();
    lusha.control.expireSessions();
    expect(await continued(requestId)).toEqual([404, { message: words, code: 404 }]);
    expect((await continued("req_1"))[0]).toBe(404);
    expect(lusha.control.charged()).toBe(5);
  });

  it.each([410, 400] as const)("is answered %i where it is told", async (expiredAnswer) => {
    await start({ expiredAnswer });
    const { requestId } = await lusha.companies();
    lusha.control.expireSessions();
    expect(await continued(requestId)).toEqual([expiredAnswer, { message: words, code: expiredAnswer }]);
  });

  it("is begun again, with what was given in exclude", async () => {
    await start();
    const given = await lusha.companies();
    lusha.control.expireSessions();
    const again = await lusha.companies({ exclude: given.companies.map(({ companyId }) => ({ companyId })) });
    expect(idsOf(again)).toEqual(ALL.slice(5));
  });

  it("is one that was not used for as long as it is told", async () => {
    let now = EXAMPLE_TIME;
    await start({ now: () => now, sessionLifeMs: DAY_MS });
    const { requestId } = await lusha.companies();
    now += DAY_MS;
    expect((await continued(requestId))[0]).toBe(200);
    now += DAY_MS;
    expect((await continued(requestId))[0]).toBe(200);
    now += DAY_MS + 1;
    expect((await continued(requestId))[0]).toBe(404);
  });
});
