import { afterEach, describe, expect, it } from "@jest/globals";
import { personAt } from "../../../src/sandbox/catalogue/people";
import type { LinkUpOptions } from "../../../src/sandbox/linkup/linkup-options";
import { startLinkUp, type TestLinkUp } from "../support/start-linkup";
import { send } from "../support/send";

const TEN = [
  "Maria Smit",
  "Olivia Almeida",
  "Thabo Girard",
  "Carlos Walker",
  "Priya Schmidt",
  "Naomi Novak",
  "Aisha King",
  "Lucía Lefèvre",
  "David Khan",
  "Nadia Tan",
];

let linkUp: TestLinkUp;

async function start(options: LinkUpOptions = {}): Promise<void> {
  linkUp = await startLinkUp(options);
}

const refusal = async (body: object, apiKey?: string) => {
  const reply = await linkUp.recommend({ login_token: "sandbox", ...body }, apiKey);
  return [reply.status, reply.body];
};
const problem = (message: string) => ({ status: "error", message });

afterEach(() => linkUp.close());

describe("POST /v1/network/recommendations", () => {
  it("answers in the documented shape", async () => {
    await start();
    const { status, body } = await linkUp.recommend({ login_token: "sandbox", country: "US", total_results: 2 });
    expect([status, body]).toEqual([
      200,
      {
        status: "success",
        data: {
          total_results: 2,
          recommendations: [
            {
              name: "Priya Schmidt",
              subtitle: "Helping teams with subscription. (effortlessly) | ex-@Aisha",
              profile_url: "http://uk.linkedin.com/in/Priya-schmidt-7m/?originalSubdomain=uk",
              insight: "Based on your profile",
              entity_urn:
                "urn:li:fsd_discoveryEntityViewModel:(urn:li:fsd_profile:ACoAA8GIjQNNxG5Y_X5tcaWVBsuAsdT8lJdAmCQ,PYMK)",
            },
            {
              name: "Kenji Girard",
              subtitle: "Campaigns that are measured from San Francisco 🌍",
              profile_url: "https://www.linkedin.com/in/kenji-girard-54/",
              insight: "Works at Pinnacle Studio",
              entity_urn:
                "urn:li:fsd_discoveryEntityViewModel:(urn:li:fsd_profile:ACoAAuOaiykyGcT7ndVGRtrKMpkBidHeBVBupNE,PYMK)",
            },
          ],
        },
      },
    ]);
    expect(linkUp.control.returned()).toEqual({ companies: [], people: [274, 184] });
  });

  it("gives the first ten by default, and always the first", async () => {
    await start();
    expect(await linkUp.names()).toEqual(TEN);
    expect((await linkUp.names(12)).slice(0, 10)).toEqual(TEN);
    expect(await linkUp.names(1)).toEqual(TEN.slice(0, 1));
  });

  it("gives fewer than asked for where there are no more", async () => {
    await start();
    const { total_results, recommendations } = await linkUp.data({ total_results: 25 });
    expect([total_results, recommendations.length]).toEqual([24, 24]);
    expect(new Set(recommendations.map((one) => one.entity_urn)).size).toBe(24);
  });

  it("has a list of its own for each session", async () => {
    await start({ loginTokens: ["sandbox", "b"] });
    const [mine, theirs] = [await linkUp.names(24), await linkUp.names(24, "b")];
    expect(theirs).toHaveLength(24);
    expect(theirs).not.toEqual(mine);
  });

  it("has people of the proxy's country first, of France where none is named, and the same people in all", async () => {
    await start();
    const namesOf = async (country?: string) =>
      (await linkUp.data({ country, total_results: 24 })).recommendations.map(({ name }) => name);
    await linkUp.data({ country: "UK", total_results: 3 });
    expect(linkUp.control.returned().people.map((person) => personAt(person).country.code)).toEqual(["GB", "DE", "ES"]);
    expect(await namesOf()).toEqual(await namesOf("FR"));
    expect(await namesOf("US")).not.toEqual(await namesOf("UK"));
    expect((await namesOf("US")).sort()).toEqual((await namesOf("UK")).sort());
  });

  it("knows nobody where it has no people", async () => {
    await start({ people: 0 });
    linkUp.control.rerank();
    expect(await linkUp.data()).toEqual({ total_results: 0, recommendations: [] });
    expect(linkUp.control.charged()).toBe(1);
  });
});

describe("what is refused", () => {
  it("is a wrong key", async () => {
    await start({ apiKey: ["a", "b"] });
    expect(await refusal({}, "c")).toEqual([401, problem("invalid api key")]);
    expect((await refusal({}, "b"))[0]).toBe(200);
    expect((await send(`${linkUp.url}/v1/network/recommendations`, { body: {} })).status).toBe(401);
  });

  it("is any other path", async () => {
    await start();
    const { status, body } = await send(`${linkUp.url}/v1/network`, { headers: { "x-api-key": "sandbox" }, body: {} });
    expect([status, body]).toEqual([404, problem("not found")]);
  });

  it("is a country that is none of the three", async () => {
    await start();
    expect(await refusal({ country: "DE" })).toEqual([400, problem("country: must be one of US, UK, FR")]);
    expect((await refusal({ country: "GB" }))[0]).toBe(400);
    const accepted = [
      await refusal({ country: "US" }),
      await refusal({ country: "UK" }),
      await refusal({ country: "FR" }),
    ];
    expect(accepted.map(([status]) => status)).toEqual([200, 200, 200]);
  });

  it("is a number of results that is none, too small or too large", async () => {
    await start();
    expect(await refusal({ total_results: "10" })).toEqual([400, problem("total_results: must be an integer")]);
    expect(await refusal({ total_results: 0 })).toEqual([400, problem("total_results: must be at least 1")]);
    expect(await refusal({ total_results: 301 })).toEqual([400, problem("total_results: must be at most 300")]);
    expect((await refusal({ total_results: 300 }))[0]).toBe(200);
  });

  it("is not a large number of results where it is clipped", async () => {
    await start({ maxResults: 12, overMaxResults: "clip" });
    expect(await linkUp.names(500)).toHaveLength(12);
  });

  it("is a call without a session, or with one that is not open", async () => {
    await start();
    expect(await refusal({ login_token: undefined })).toEqual([400, problem("login_token: is required")]);
    expect(await refusal({ login_token: "" })).toEqual([400, problem("login_token: is required")]);
    expect(await refusal({ login_token: "unknown" })).toEqual([403, problem("LinkedIn cookie invalid")]);
  });

  it("is a session that has expired, in either wording", async () => {
    await start({ loginTokens: ["sandbox", "b"] });
    linkUp.control.expireToken("sandbox");
    expect(await refusal({})).toEqual([403, problem("LinkedIn cookie invalid")]);
    expect(await linkUp.names(1, "b")).toHaveLength(1);
    await linkUp.close();
    await start({ expiredWords: "expired" });
    linkUp.control.expireToken("sandbox");
    expect(await refusal({})).toEqual([403, problem("LinkedIn session has expired")]);
  });

  it("is a call too many in a minute, each key apart", async () => {
    let now = 0;
    await start({ callsPerMinute: 2, apiKey: ["sandbox", "b"], now: () => now });
    const statuses = [await refusal({}), await refusal({}), await refusal({})].map(([status]) => status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await refusal({}, "b"))[0]).toBe(200);
    now = 60_000;
    expect((await refusal({}))[0]).toBe(200);
  });

  it("is no number of calls where it is told", async () => {
    await start({ callsPerMinute: null, maxResults: 1, overMaxResults: "clip" });
    const replies = await Promise.all(Array.from({ length: 301 }, () => refusal({})));
    expect(replies.every(([status]) => status === 200)).toBe(true);
    await linkUp.close();
    await start();
    const limited = await Promise.all(Array.from({ length: 301 }, () => refusal({})));
    expect(limited.filter(([status]) => status === 429)).toHaveLength(1);
  });
});

describe("credits", () => {
  const priced = async (total: number) => {
    const before = linkUp.control.charged();
    await linkUp.data({ total_results: total });
    return linkUp.control.charged() - before;
  };

  it("are one for ten results or part of them, by those returned", async () => {
    await start();
    expect([await priced(1), await priced(10), await priced(11), await priced(20), await priced(300)]).toEqual([
      1, 1, 2, 2, 3,
    ]);
  });

  it("are by those asked for where it is told", async () => {
    await start({ chargedBy: "asked" });
    expect([await priced(10), await priced(300)]).toEqual([1, 30]);
  });

  it("are charged for errors and refusals too, a 500 aside", async () => {
    await start();
    await refusal({ country: "DE" });
    await refusal({ login_token: "unknown" });
    await refusal({}, "wrong");
    expect(linkUp.control.charged()).toBe(3);
    linkUp.control.failNext({ kind: "status", status: 503 }, { kind: "status", status: 429 });
    await refusal({});
    await refusal({});
    expect(linkUp.control.charged()).toBe(5);
    linkUp.control.failNext({ kind: "status", status: 500 });
    expect(await refusal({})).toEqual([500, problem("a fault was injected")]);
    expect(linkUp.control.charged()).toBe(5);
  });

  it("cost as much as it is told for an error", async () => {
    await start({ creditsPerError: 0 });
    await refusal({ country: "DE" });
    expect(linkUp.control.charged()).toBe(0);
  });

  it("are charged for an answer that was lost, not for a call that never arrived", async () => {
    await start();
    linkUp.control.failNext({ kind: "reset", when: "before" }, { kind: "reset", when: "after" });
    await expect(refusal({ total_results: 20 })).rejects.toThrow("fetch failed");
    expect(linkUp.control.charged()).toBe(0);
    await expect(refusal({ total_results: 20 })).rejects.toThrow("fetch failed");
    expect(linkUp.control.charged()).toBe(2);
  });
});

describe("paging", () => {
  it("is not known by default", async () => {
    await start();
    const { total_results, pagination } = await linkUp.data({ start_page: 2, end_page: 2 });
    expect([total_results, pagination]).toEqual([10, undefined]);
    expect(await linkUp.names(1)).toEqual(TEN.slice(0, 1));
  });

  it("gives pages of ten, a credit each, where it is told", async () => {
    await start({ paging: "pages" });
    const whole = await linkUp.names(24);
    const pages = async (body: object) => {
      const { recommendations, pagination } = await linkUp.data(body);
      return { names: recommendations.map(({ name }) => name), pagination };
    };
    const before = linkUp.control.charged();
    expect(await pages({ start_page: 1 })).toEqual({
      names: whole.slice(0, 10),
      pagination: { current_page: 1, total_pages: 3, pages_fetched: 1 },
    });
    expect(await pages({ start_page: 2, end_page: 3 })).toEqual({
      names: whole.slice(10),
      pagination: { current_page: 3, total_pages: 3, pages_fetched: 2 },
    });
    expect(linkUp.control.charged() - before).toBe(3);
    expect(await pages({ start_page: 4, end_page: 5 })).toEqual({
      names: [],
      pagination: { current_page: 5, total_pages: 3, pages_fetched: 0 },
    });
    expect(linkUp.control.charged() - before).toBe(4);
    expect((await pages({ end_page: 1 })).names).toEqual(whole.slice(0, 10));
    expect((await pages({ total_results: 3 })).names).toEqual(whole.slice(0, 3));
  });

  it("is charged by pages asked for where it is told", async () => {
    await start({ paging: "pages", chargedBy: "asked" });
    await linkUp.data({ start_page: 2, end_page: 5 });
    expect(linkUp.control.charged()).toBe(4);
  });

  it("refuses pages that are none", async () => {
    await start({ paging: "pages" });
    expect(await refusal({ start_page: 0 })).toEqual([400, problem("start_page: must be at least 1")]);
    expect(await refusal({ start_page: 3, end_page: 2 })).toEqual([
      400,
      problem("end_page: must not be less than start_page"),
    ]);
    expect(await refusal({ start_page: 31 })).toEqual([400, problem("end_page: must be at most 30")]);
  });
});

describe("re-ranking", () => {
  it("misses a row among the first ten, repeats one and reorders some, and leaves those past 20 alone", async () => {
    await start();
    const before = await linkUp.names(24);
    linkUp.control.rerank();
    const after = await linkUp.names(24);
    expect(after).toHaveLength(24);
    expect(after.slice(20)).toEqual(before.slice(20));
    expect(after.slice(0, 20)).not.toEqual(before.slice(0, 20));
    expect(before.slice(0, 10).filter((name) => !after.includes(name))).toHaveLength(1);
    expect(new Set(after).size).toBe(23);
  });

  it("has the missed row back the next time, and is the same until then", async () => {
    await start();
    const before = await linkUp.names(24);
    linkUp.control.rerank();
    const once = await linkUp.names(24);
    expect(await linkUp.names(24)).toEqual(once);
    linkUp.control.rerank();
    const twice = await linkUp.names(24);
    expect(twice).not.toEqual(once);
    expect(new Set([...once, ...twice])).toEqual(new Set(before));
  });
});
