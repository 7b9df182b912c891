import { afterEach, describe, expect, it } from "@jest/globals";
import { companyAt } from "../../../src/sandbox/catalogue/companies";
import type { LushaOptions } from "../../../src/sandbox/lusha/lusha-options";
import { send } from "../support/send";
import { CONTACT_SEEDS, SEEDS, startLusha, type TestLusha } from "../support/start-lusha";

/** The set that the example's company brings, in its order. */
const ALL = ["7762", "7207", "6578", "7318", "7059", "7429", "7466"];

let lusha: TestLusha;

async function start(options: LushaOptions = {}): Promise<void> {
  lusha = await startLusha({ errorEnvelope: "flat", ...options });
}

const problem = (message: string) => ({ message, code: 400 });

afterEach(() => lusha.close());

describe("POST /api/recommendations/companies", () => {
  it("answers in the documented shape", async () => {
    await start();
    const { status, body } = await lusha.recommend({ companies: SEEDS, exclude: [], limit: 5 });
    expect([status, body]).toEqual([
      200,
      {
        companies: [
          {
            companyId: "7762",
            name: "CASCADE SUITE",
            fqdn: "cascadesuite.ai",
            description: "A workspace for small teams from Austin",
          },
          {
            companyId: "7207",
            name: "Apex Genomics",
            fqdn: "WWW.Apexgenomics.co",
            description: "Diagnostics from Madrid",
          },
          {
            companyId: "6578",
            name: "Evergreen Telecom, Inc",
            fqdn: "WWW.Evergreentelecom.ai",
            description: "Fibre for business from Austin",
          },
          {
            companyId: "7318",
            name: "Kingsway Mobility",
            fqdn: "kingswaymobility.de",
            description: "Electric vans from München",
          },
          {
            companyId: "7059",
            name: "Cadence Logistics",
            fqdn: "cadencelogistics.com",
            description: "Freight by road from New York",
          },
        ],
        requestId: "req_test1",
        count: 5,
        creditsCharged: 5,
      },
    ]);
  });

  it("takes the seeds as a set, and never gives one back", async () => {
    await start({ companies: 400 });
    const some = ["7059", "6504", "7466"].map((companyId) => ({ companyId }));
    const [page, turned] = [
      await lusha.companies({ companies: some }),
      await lusha.companies({ companies: some.reverse() }),
    ];
    expect(turned.companies).toEqual(page.companies);
    const all = (await lusha.pages({ companies: some, limit: 25 })).flat();
    expect(all.filter((id) => ["7059", "6504", "7466"].includes(String(id)))).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  });

  it("takes 25 rows where no limit is set", async () => {
    await start({ companies: 1000 });
    expect((await lusha.companies({ limit: undefined })).count).toBe(25);
  });

  it("gives those of the seeds' industries, the nearest and most prominent first, and of them no seed's own", async () => {
    await start({ companies: 6000 });
    await lusha.companies({ limit: 10 });
    const given = lusha.control.returned().companies.map(companyAt);
    expect(given.map(({ country, industries }) => `${country.code} ${industries.join(", ")}`)).toEqual([
      "FR SaaS",
      "GB SaaS",
      "NL Sales",
      "FR SaaS",
      "FR Sales, Cybersecurity",
      "DE Sales, Energy",
      "FR SaaS",
      "FR SaaS, Software",
      "GB Sales",
      "NL SaaS, Finance",
    ]);
  });

  it("ends a set after as many rows as it is told", async () => {
    await start({ setSize: 6 });
    expect(await lusha.pages()).toEqual([ALL.slice(0, 5), ALL.slice(5, 6)]);
  });
});

describe("POST /api/recommendations/contacts", () => {
  it("answers in the documented shape, without a profile or a domain", async () => {
    await start();
    const { status, body } = await lusha.recommendContacts({ contacts: CONTACT_SEEDS, exclude: [], limit: 5 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ requestId: "req_test1", count: 5, creditsCharged: 5 });
    expect(body).toHaveProperty("contacts.0", {
      personId: "675853421",
      companyId: "7318",
      name: "Elena Wright",
      jobTitle: "Sales Manager",
      companyName: "Kingsway Mobility",
    });
  });

  it("gives people whose jobs are like the seed's: of a head of sales, those who lead sales", async () => {
    await start({ companies: 6000 });
    const { contacts } = await lusha.contacts({ limit: 25 });
    expect(new Set(contacts.map(({ jobTitle }) => jobTitle))).toEqual(
      new Set(["Director of Sales", "Sales Director", "Head of Sales"]),
    );
  });

  it("gives a seed's colleagues of the same trade before others", async () => {
    await start({ companies: 6000 });
    const seeds = [{ personId: "676359245", companyId: "219994" }];
    const { contacts } = await lusha.contacts({ contacts: seeds });
    expect(contacts.map(({ jobTitle, companyName }) => `${jobTitle}, ${companyName}`)).toEqual([
      "Senior Sales Manager, Beacon Selling",
      "Head of Sales, AURORA SOFTWARE",
      "Head of Sales, SURFE",
      "Head of Sales, BASALT OUTREACH",
      "Sales Director, Citrine Selling Inc.",
    ]);
  });

  it("continues a set, with nobody in it twice", async () => {
    await start();
    const { contacts, requestId } = await lusha.contacts();
    const next = await lusha.contacts({ requestId });
    expect(new Set([...contacts, ...next.contacts].map(({ personId }) => personId)).size).toBe(10);
    expect(lusha.control.returned().people).toHaveLength(10);
    expect(lusha.control.returned().companies).toEqual([]);
  });

  it("excludes by person", async () => {
    await start();
    const [first, second] = (await lusha.contacts()).contacts;
    const without = await lusha.contacts({ exclude: [{ personId: first?.personId, companyId: first?.companyId }] });
    expect(without.contacts[0]).toEqual(second);
  });

  it("requires both ids of a seed", async () => {
    await start();
    expect((await lusha.recommendContacts({ contacts: [{ personId: "1" }] })).body).toEqual(
      problem("contacts[0].companyId: is required"),
    );
    expect((await lusha.recommendContacts({ contacts: [{ companyId: "1" }] })).body).toEqual(
      problem("contacts[0].personId: is required"),
    );
  });
});

describe("what is refused", () => {
  const refusal = async (more: object) => {
    const { status, body } = await lusha.recommend({ companies: SEEDS, limit: 5, ...more });
    return [status, body];
  };

  it("is a wrong key, before anything else", async () => {
    await start({ apiKey: ["a", "b"] });
    const wrong = await lusha.recommend({}, "c");
    expect([wrong.status, wrong.body]).toEqual([401, { message: "invalid api key", code: 401 }]);
    expect(wrong.headers.get("x-rate-limit-minute")).toBeNull();
    expect((await lusha.recommend({ companies: SEEDS }, "b")).status).toBe(200);
    expect((await send(`${lusha.url}/api/recommendations/companies`, { body: {} })).status).toBe(401);
  });

  it("is any other path or method", async () => {
    await start();
    expect((await lusha.call("/api/recommendations/people", {})).status).toBe(404);
    const got = await send(`${lusha.url}/api/recommendations/companies`, {
      method: "GET",
      headers: { api_key: "sandbox" },
    });
    expect([got.status, got.body]).toEqual([404, { message: "not found", code: 404 }]);
  });

  it("is a call without seeds, a continuing one too, or with more than 100", async () => {
    await start();
    const { requestId } = await lusha.companies();
    const none = problem("companies: must have at least 1 item");
    expect(await refusal({ companies: undefined })).toEqual([400, none]);
    expect(await refusal({ companies: [], requestId })).toEqual([400, none]);
    const many = (count: number) => Array.from({ length: count }, () => ({ companyId: "6504" }));
    expect(await refusal({ companies: many(101) })).toEqual([400, problem("companies: must have at most 100 items")]);
    expect((await refusal({ companies: many(100) }))[0]).toBe(200);
  });

  it("is a limit above 25 or below the smallest", async () => {
    await start({ minLimit: 3 });
    expect(await refusal({ limit: 26 })).toEqual([400, problem("limit: must not be greater than 25")]);
    expect(await refusal({ limit: 2 })).toEqual([400, problem("limit: must not be less than 3")]);
    expect(await refusal({ limit: 4.5 })).toEqual([400, problem("limit: must be an integer")]);
    expect([(await refusal({ limit: 25 }))[0], (await refusal({ limit: 3 }))[0]]).toEqual([200, 200]);
    expect(lusha.control.charged()).toBe(10);
  });

  it("is a smallest limit of 5 by default", async () => {
    await start();
    expect(await refusal({ limit: 4 })).toEqual([400, problem("limit: must not be less than 5")]);
  });

  it("is not a limit above 25 where it is clipped", async () => {
    await start({ overMaxLimit: "clip", companies: 1000 });
    expect((await lusha.companies({ limit: 1000 })).count).toBe(25);
  });

  it("is a field of another type", async () => {
    await start();
    expect(await refusal({ companies: "6504" })).toEqual([400, problem("companies: must be an array")]);
    expect(await refusal({ companies: ["6504"] })).toEqual([400, problem("companies[0]: must be an object")]);
    expect(await refusal({ companies: [{ companyId: "x1" }] })).toEqual([
      400,
      problem("companies[0].companyId: must be an id"),
    ]);
    expect(await refusal({ requestId: 7 })).toEqual([400, problem("requestId: must be a string")]);
  });
});

describe("exclude", () => {
  const [FIRST, ...REST] = ALL;
  const statusOf = async (exclude: readonly unknown[]) =>
    (await lusha.recommend({ companies: SEEDS, limit: 5, exclude })).status;

  it("keeps rows out, on the page and all that follow", async () => {
    await start();
    const { companies, requestId } = await lusha.companies({ exclude: [{ companyId: FIRST }] });
    expect(companies.map(({ companyId }) => companyId)).toEqual(REST.slice(0, 5));
    const next = await lusha.companies({ requestId });
    expect(next.companies.map(({ companyId }) => companyId)).toEqual(REST.slice(5));
  });

  it("takes objects by default", async () => {
    await start();
    expect([await statusOf([{ companyId: 7059 }]), await statusOf(["7059"])]).toEqual([200, 400]);
  });

  it("takes ids, or either, where it is told", async () => {
    await start({ excludeForm: "ids" });
    expect([await statusOf(["7059", 7466]), await statusOf([{ companyId: "7059" }])]).toEqual([200, 400]);
    await lusha.close();
    await start({ excludeForm: "either" });
    expect(await statusOf(["7059", { companyId: "7466" }])).toBe(200);
  });

  it("passes over what Lusha does not know", async () => {
    await start();
    expect(await statusOf([{ companyId: "1" }, { companyId: "6505" }])).toBe(200);
  });
});

describe("seeds that Lusha does not know", () => {
  it("are ignored by default, up to the last", async () => {
    await start();
    const mixed = await lusha.companies({ companies: [{ companyId: "9703" }, ...SEEDS] });
    expect(mixed.companies.map(({ companyId }) => companyId)).toEqual(ALL.slice(0, 5));
    expect(await lusha.companies({ companies: [{ companyId: "9703" }] })).toMatchObject({ companies: [], count: 0 });
  });

  it("are refused where it is told, and so is one of the catalogue that is not among its own", async () => {
    await start({ unknownSeeds: "reject" });
    const statusAndBody = async (companyId: string) => {
      const { status, body } = await lusha.recommend({ companies: [...SEEDS, { companyId }] });
      return [status, body];
    };
    expect(await statusAndBody("9703")).toEqual([400, problem('companies[1]: does not know "9703"')]);
    expect((await statusAndBody(String(6504 + 40 * 37)))[0]).toBe(400);
    expect((await statusAndBody("7059"))[0]).toBe(200);
  });
});

describe("ids", () => {
  it("are written as numbers where it is told, and read in both forms", async () => {
    await start({ ids: "numbers" });
    const page = await lusha.companies({ companies: [{ companyId: 6504 }] });
    expect(page.companies.map(({ companyId }) => companyId)).toEqual(ALL.slice(0, 5).map(Number));
    const [contact] = (await lusha.contacts({ contacts: [{ personId: 675851474, companyId: 6504 }] })).contacts;
    expect(contact).toMatchObject({ personId: 675853421, companyId: 7318 });
  });
});

describe("credits", () => {
  it("are one a row and none for an empty page, by default", async () => {
    await start();
    await lusha.pages();
    expect(lusha.control.charged()).toBe(7);
    expect((await lusha.companies({ companies: [{ companyId: "1" }] })).creditsCharged).toBe(0);
  });

  it("are by plan otherwise, rounded up, and can be charged for an empty page", async () => {
    await start({ creditsPerResult: 0.3, creditsPerEmptyAnswer: 1 });
    expect((await lusha.companies()).creditsCharged).toBe(2);
    expect((await lusha.companies({ companies: [{ companyId: "1" }] })).creditsCharged).toBe(1);
    expect(lusha.control.charged()).toBe(3);
  });

  it("are not charged for what was refused, but for an answer that was lost", async () => {
    await start();
    lusha.control.failNext({ kind: "status", status: 500 }, { kind: "reset", when: "after" });
    expect((await lusha.recommend({ companies: SEEDS, limit: 5 })).status).toBe(500);
    expect(lusha.control.charged()).toBe(0);
    await expect(lusha.recommend({ companies: SEEDS, limit: 5 })).rejects.toThrow("fetch failed");
    expect(lusha.control.charged()).toBe(5);
    expect(lusha.control.returned()).toEqual({ companies: [34, 19, 2, 22, 15], people: [] });
  });
});
