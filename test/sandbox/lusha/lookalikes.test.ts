import { afterEach, describe, expect, it } from "@jest/globals";
import type { LushaOptions } from "../../../src/sandbox/lusha/lusha-options";
import { startLusha, type TestLusha } from "../support/start-lusha";
import { EXAMPLE_TIME } from "../support/start-surfe";

const ALL = ["7762", "7207", "6578", "7318", "7059", "7429", "7466"];
const DAY_MS = 86_400_000;

const SEEDS = { companyIds: ["6504"] };

let lusha: TestLusha;

async function start(options: LushaOptions = {}): Promise<void> {
  lusha = await startLusha({ errorEnvelope: "flat", minLookalikeSeeds: 1, ...options });
}

const companies = (body: object = {}) => lusha.lookalikes("companies", { seeds: SEEDS, limit: 3, ...body });
const companyIds = async (body?: object) => (await companies(body)).results.map(({ companyId }) => companyId);

afterEach(() => lusha.close());

describe("POST /v3/lookalike/companies", () => {
  it("answers in the documented shape, most of it null now and then", async () => {
    await start();
    expect(await companies()).toEqual({
      dedupeSessionId: "b0319983-5ca7-84de-95ed-d67586b825bb",
      results: [
        {
          companyId: "7762",
          name: "CASCADE SUITE",
          domain: null,
          linkedinUrl: "https://www.linkedin.com/company/cascade-suite",
          location: { country: "United States", city: "Austin" },
          employeeCount: null,
          industry: "SaaS",
        },
        {
          companyId: "7207",
          name: "Apex Genomics",
          domain: "WWW.Apexgenomics.co",
          linkedinUrl: "https://www.linkedin.com/company/apex-genomics",
          location: { country: "Spain", city: "Madrid" },
          employeeCount: 38,
          industry: "Biotechnology",
        },
        {
          companyId: "6578",
          name: "Evergreen Telecom, Inc",
          domain: "WWW.Evergreentelecom.ai",
          linkedinUrl: "https://fr.linkedin.com/company/evergreen-telecom?trk=public_profile",
          location: { country: "United States", city: "Austin" },
          employeeCount: null,
          industry: "Telecommunications",
        },
      ],
      meta: { returned: 3, hasMore: true },
      creditsCharged: 3,
    });
    expect(lusha.control.charged()).toBe(3);
    expect(lusha.control.returnedAsLookalikes()).toEqual({ companies: [34, 19, 2], people: [] });
    expect(lusha.control.returned()).toEqual({ companies: [], people: [] });
  });

  it("knows seeds by id, domain and LinkedIn page, however they are spelt", async () => {
    await start();
    const first = ALL.slice(0, 3);
    expect(await companyIds({ seeds: { domains: ["surfe.com"] } })).toEqual(first);
    expect(await companyIds({ seeds: { domains: ["https://www.SURFE.com/about"] } })).toEqual(first);
    expect(await companyIds({ seeds: { linkedinUrls: ["http://fr.linkedin.com/company/Surfe/?trk=x"] } })).toEqual(
      first,
    );
    expect(await companyIds({ seeds: { companyIds: [6504], domains: ["surfe.com"] } })).toEqual(first);
    expect(await companyIds({ seeds: { linkedinUrls: ["https://www.linkedin.com/in/surfe"] } })).toEqual([]);
  });

  it("keeps out what exclude tells", async () => {
    await start();
    expect(await companyIds({ exclude: { companyIds: ["7762"], domains: ["apexgenomics.co"] } })).toEqual(
      ALL.slice(2, 5),
    );
  });

  it("keeps what a session gave from coming again, and tells whether there is more", async () => {
    await start();
    const { dedupeSessionId } = await companies();
    const next = await companies({ dedupeSessionId });
    expect(next.dedupeSessionId).toBe(dedupeSessionId);
    expect(next.results.map(({ companyId }) => companyId)).toEqual(ALL.slice(3, 6));
    expect(next.meta).toEqual({ returned: 3, hasMore: true });
    expect((await companies({ dedupeSessionId })).meta).toEqual({ returned: 1, hasMore: false });
    expect((await companies({ dedupeSessionId })).meta).toEqual({ returned: 0, hasMore: false });
    expect(await companyIds()).toEqual(ALL.slice(0, 3));
  });

  it("answers 410 for a session that has expired, or was never begun", async () => {
    let now = EXAMPLE_TIME;
    await start({ now: () => now });
    const { dedupeSessionId } = await companies();
    const statusOf = async (session: string) =>
      (await lusha.lookalike("companies", { seeds: SEEDS, dedupeSessionId: session })).status;
    now += 30 * DAY_MS;
    expect(await statusOf(dedupeSessionId)).toBe(200);
    now += 30 * DAY_MS;
    expect(await statusOf(dedupeSessionId)).toBe(200);
    now += 30 * DAY_MS + 1;
    expect(await statusOf(dedupeSessionId)).toBe(410);
    expect(await statusOf("x")).toBe(410);
    const { dedupeSessionId: other } = await companies();
    lusha.control.expireSessions();
    expect(await statusOf(other)).toBe(410);
  });
});

describe("POST /v3/lookalike/contacts", () => {
  it("answers in the documented shape, most of it null now and then", async () => {
    await start();
    const { results } = await lusha.lookalikes("contacts", { seeds: { contactIds: ["675851474"] }, limit: 100 });
    expect(results[1]).toEqual({
      contactId: "675853410",
      firstName: "Laura",
      lastName: "González",
      socialLinks: { linkedin: "https://www.linkedin.com/in/laura-gonzalez-4w/" },
      company: { companyId: "7318", name: "Kingsway Mobility", domain: null },
      jobTitle: { title: "Product Director", departments: ["Product"], seniority: "Director" },
      location: { country: "United States", city: null },
    });
    expect(results.find(({ contactId }) => contactId === "675851694")).toEqual({
      contactId: "675851694",
      firstName: "James",
      lastName: "Silva",
      socialLinks: null,
      company: { companyId: "6578", name: "Evergreen Telecom, Inc", domain: "WWW.Evergreentelecom.ai" },
      jobTitle: null,
      location: null,
    });
    const { companies: given, people } = lusha.control.returnedAsLookalikes();
    expect([given, people.slice(0, 2), people.length]).toEqual([[], [177, 176], results.length]);
  });

  it("knows seeds by profile", async () => {
    await start({ unknownSeeds: "reject" });
    const statusOf = async (url: string) =>
      (await lusha.lookalike("contacts", { seeds: { linkedinUrls: [url] }, limit: 1 })).status;
    expect(await statusOf("https://uk.linkedin.com/in/JohnDoe/")).toBe(200);
    expect(await statusOf("linkedin.com/in/mei-iyer-3c")).toBe(200);
    expect(await statusOf("linkedin.com/in/mei-iyer-3d")).toBe(400);
    expect(await statusOf("linkedin.com/in/nobody")).toBe(400);
    expect(await statusOf("linkedin.com/in/mei-")).toBe(400);
    expect(await statusOf("nowhere")).toBe(400);
  });
});

describe("what is refused", () => {
  const refusal = async (body: unknown) => (await lusha.lookalike("companies", body)).body;
  const problem = (message: string) => ({ message, code: 400 });
  const many = (count: number) => ({ companyIds: Array.from({ length: count }, (_, place) => 6504 + place) });

  it("is fewer seeds than 5 or more than 100", async () => {
    await start({ minLookalikeSeeds: 5 });
    const words = problem("seeds: must be 5 to 100");
    expect(await refusal({ seeds: many(4) })).toEqual(words);
    expect(await refusal({ seeds: many(101) })).toEqual(words);
    expect(await refusal({ seeds: many(100) })).toHaveProperty("results");
    expect(await refusal({ seeds: { ...many(4), domains: ["surfe.com"] } })).toHaveProperty("results");
    expect(await refusal({})).toEqual(problem("seeds: is required"));
  });

  it("is a limit outside 1 to 100", async () => {
    await start({ companies: 3000 });
    const words = problem("limit: must be 1 to 100");
    expect([await refusal({ seeds: SEEDS, limit: 0 }), await refusal({ seeds: SEEDS, limit: 101 })]).toEqual([
      words,
      words,
    ]);
    expect(await companies({ limit: 100 })).toMatchObject({ meta: { returned: 100 } });
    expect(await companies({ limit: undefined })).toMatchObject({ meta: { returned: 25 } });
  });

  it("is a list that it does not have, or of what it cannot read", async () => {
    await start();
    expect(await refusal({ seeds: { contactIds: ["1"] } })).toEqual(problem("seeds.contactIds: is not known"));
    expect(await refusal({ seeds: { domains: [7] } })).toEqual(problem("seeds.domains[0]: must be a text"));
    expect(await refusal({ seeds: SEEDS, exclude: { domains: "a.com" } })).toEqual(
      problem("exclude.domains: must be an array"),
    );
  });
});
