import { afterEach, describe, expect, it } from "@jest/globals";
import type { LetricsOptions } from "../../../src/sandbox/letrics/letrics-options";
import { LETRICS_TIME, startLetrics, type TestLetrics } from "../support/start-letrics";
import { send } from "../support/send";

let letrics: TestLetrics;

async function start(options: LetricsOptions = {}): Promise<void> {
  letrics = await startLetrics(options);
}

const ravineHotels = {
  id: "37c372f4-6312-8889-a21c-b36f524c434f",
  name: "Ravine Hotels",
  domain: "WWW.Ravinehotels.ai",
  linkedin_url: "https://www.linkedin.com/company/ravine-hotels/",
  industries: ["Hospitality"],
  functions: ["Legal", "Human Resources"],
  technologies: ["Intercom", "Jira", "Segment", "TypeScript", "Next.js", "Looker"],
  location: "Amsterdam, Netherlands",
  employee_count: 291,
  created_at: "2025-12-13T18:46:11Z",
};

const invalid = (details: string) => ({ errors: [{ id: "invalid_input", code: 400, details }] });

afterEach(() => letrics.close());

describe("companies", () => {
  it("come in the envelope, newest first", async () => {
    await start();
    const { status, body } = await letrics.post("/companies", { per_page: 1 });
    expect([status, body]).toEqual([
      200,
      { data: [ravineHotels], meta: { page: 1, per_page: 1, total: 21 }, errors: [] },
    ]);
  });

  it("come oldest first where it is told", async () => {
    await start();
    const newestFirst = await letrics.names();
    await letrics.close();
    await start({ order: "oldest-first" });
    expect(await letrics.names()).toEqual(newestFirst.reverse());
  });

  it("come by what was asked for where it is told, the most relevant first", async () => {
    await start({ companies: 3000, order: "relevance" });
    const filters = { industries: ["SaaS", "Sales"], locations: ["FR"], per_page: 5 };
    const { data } = await letrics.companies(filters);
    expect(data.map(({ name, industries }) => [name, ...industries])).toEqual([
      ["Surfe Ltd", "SaaS", "Sales"],
      ["OAKRIDGE CLOUD", "SaaS", "Software"],
      ["Garnet Pipeline", "Sales", "Cybersecurity"],
      ["Citrine Selling, Inc", "Sales", "SaaS"],
      ["Anchor Security", "Cybersecurity", "SaaS"],
    ]);
    const { body } = await letrics.post("/contacts", { ...filters, per_page: 1 });
    expect(body).toMatchObject({ data: [{ company: { name: data[0]?.name } }] });
  });

  it("lack a domain or a LinkedIn page now and then", async () => {
    await start();
    const { body } = await letrics.post("/companies");
    expect(body).toMatchObject({ data: { 2: { name: "CORAL PLATFORM", domain: null } } });
    expect(body).toHaveProperty("data.2.linkedin_url");
    expect(body).not.toHaveProperty("data.4.linkedin_url");
  });
});

describe("contacts", () => {
  it("come in the envelope, with their company inside", async () => {
    await start();
    expect((await letrics.post("/contacts", { per_page: 1 })).body).toEqual({
      data: [
        {
          id: "bf6932cd-9183-8e7c-9f63-4ea9215f3923",
          first_name: "David",
          last_name: "Oliveira",
          job_title: "Owner",
          department: "Customer Success",
          seniority: "Owner",
          is_decision_maker: true,
          personal_emails: [],
          linkedin_url: "https://LinkedIn.com/in/David-oliveira-21",
          country: "Netherlands",
          company: ravineHotels,
        },
      ],
      meta: { page: 1, per_page: 1, total: 74 },
      errors: [],
    });
    expect(letrics.control.returned()).toEqual({ companies: [9], people: [73] });
  });
});

describe("pages", () => {
  it("are fixed windows of 25 by default, empty past the end", async () => {
    await start({ companies: 60 });
    const first = await letrics.companies();
    const second = await letrics.companies({ page: 2 });
    expect([first.data.length, first.meta]).toEqual([25, { page: 1, per_page: 25, total: 37 }]);
    expect([second.data.length, second.meta]).toEqual([12, { page: 2, per_page: 25, total: 37 }]);
    expect((await letrics.companies({ page: 3 })).data).toEqual([]);
    const whole = (await letrics.companies({ per_page: 100 })).data;
    expect(whole).toEqual([...first.data, ...second.data]);
    expect((await letrics.companies({ page: 4, per_page: 9 })).data).toEqual(whole.slice(27, 36));
  });

  it("are refused below 1 and above 100 rows", async () => {
    await start();
    const refusal = async (body: object) => (await letrics.post("/companies", body)).body;
    expect(await refusal({ page: 0 })).toEqual(invalid("page: must be at least 1"));
    expect(await refusal({ page: "2" })).toEqual(invalid("page: must be an integer"));
    expect(await refusal({ per_page: 0 })).toEqual(invalid("per_page: must be 1 to 100"));
    expect(await refusal({ per_page: 101 })).toEqual(invalid("per_page: must be 1 to 100"));
    expect(await refusal({ per_page: 100 })).toHaveProperty("data");
  });
});

describe("the envelope", () => {
  it.each([
    ["empty", { errors: [] }],
    ["null", { errors: null }],
    ["absent", {}],
  ] as const)("has errors on success as it is told: %s", async (noErrors, errors) => {
    await start({ noErrors });
    const { body } = await letrics.post("/companies", { per_page: 1 });
    expect(body).toEqual({ data: [ravineHotels], meta: { page: 1, per_page: 1, total: 21 }, ...errors });
  });

  it("leaves the total out where it is told", async () => {
    await start({ total: false });
    expect((await letrics.companies({ per_page: 1 })).meta).toEqual({ page: 1, per_page: 1 });
  });
});

describe("what is refused", () => {
  it("is a wrong key, or none", async () => {
    await start({ apiKey: ["a", "b"] });
    const asked = async (authorization?: string) => {
      const { status, body } = await send(`${letrics.url}/companies`, {
        body: {},
        ...(authorization && { headers: { authorization } }),
      });
      return [status, body];
    };
    const refused = [401, { errors: [{ id: "unauthorized", code: 401, details: "the API key is missing or wrong" }] }];
    expect([await asked("Bearer c"), await asked("a"), await asked()]).toEqual([refused, refused, refused]);
    expect((await asked("Bearer b"))[0]).toBe(200);
    expect(letrics.control.charged()).toBe(1);
  });

  it("is any other path", async () => {
    await start();
    const { status, body } = await letrics.post("/people");
    expect([status, body]).toEqual([404, { errors: [{ id: "not_found", code: 404, details: "no such path" }] }]);
  });

  it("is a fault, in the same body", async () => {
    await start();
    letrics.control.failNext({ kind: "status", status: 503 });
    expect((await letrics.post("/companies")).body).toEqual({
      errors: [{ id: "internal_error", code: 503, details: "a fault was injected" }],
    });
  });

  it("is a call past the limit, where there is one", async () => {
    await start({ rateLimit: { perSecond: 1, burst: 1 } });
    expect([(await letrics.post("/companies")).status, (await letrics.post("/companies")).status]).toEqual([200, 429]);
  });
});

describe("paths and methods", () => {
  it("are as they are told", async () => {
    await start({ contactsPath: "/v1/contacts/search", companiesPath: "/v1/companies/search" });
    expect((await letrics.post("/v1/contacts/search", { per_page: 1 })).body).toHaveProperty("data.0.job_title");
    expect((await letrics.post("/v1/companies/search", { per_page: 1 })).body).toHaveProperty("data.0.domain");
    expect((await letrics.post("/companies")).status).toBe(404);
  });

  it("are either, or the one that is told", async () => {
    await start();
    expect([(await letrics.post("/companies")).status, (await letrics.get("/companies")).status]).toEqual([200, 200]);
    await letrics.close();
    await start({ method: "POST" });
    expect([(await letrics.post("/companies")).status, (await letrics.get("/companies")).status]).toEqual([200, 405]);
    await letrics.close();
    await start({ method: "GET" });
    expect((await letrics.get("/companies")).status).toBe(200);
    expect((await letrics.post("/companies")).body).toEqual({
      errors: [{ id: "method_not_allowed", code: 405, details: "use GET" }],
    });
  });

  it("are called without a body at all", async () => {
    await start();
    expect((await letrics.post("/companies", undefined)).status).toBe(200);
  });
});

describe("a query string", () => {
  it("has arrays by repeated names, and typed values", async () => {
    await start();
    const both = await letrics.post("/contacts", {
      industries: ["Construction", "Healthcare"],
      is_decision_maker: true,
      per_page: 2,
      page: 2,
      added_before: "2020-04-01T00:00:00Z",
    });
    const query = "industries=Construction&industries=Healthcare&is_decision_maker=true&per_page=2&page=2";
    const got = await letrics.get(`/contacts?${query}&added_before=2020-04-01T00:00:00Z`);
    expect(got.body).toEqual(both.body);
    expect(letrics.control.calls().at(-1)?.query).toMatchObject({ industries: ["Construction", "Healthcare"] });
    const one = await letrics.get("/companies?locations=Lille,%20France");
    expect(one.body).toMatchObject({ meta: { total: 1 } });
  });

  it("has arrays by commas where it is told", async () => {
    await start({ queryArrays: "comma" });
    const both = await letrics.post("/companies", { industries: ["Construction", "Healthcare"] });
    expect((await letrics.get("/companies?industries=Construction,Healthcare")).body).toEqual(both.body);
    expect((await letrics.get("/companies?industries=Construction&industries=Healthcare")).body).toEqual(both.body);
  });

  it("is refused where it cannot be read", async () => {
    await start();
    expect((await letrics.get("/contacts?is_decision_maker=yes")).body).toEqual(
      invalid("is_decision_maker: must be a boolean"),
    );
    expect((await letrics.get("/contacts?page=1&page=2")).body).toEqual(invalid("page: must be an integer"));
  });
});

describe("insertion", () => {
  const pinned = { added_before: new Date(LETRICS_TIME).toISOString(), per_page: 10 };

  it("puts new companies first, and shifts the pages", async () => {
    await start();
    const before = await letrics.names({ per_page: 10 });
    letrics.control.insert(2);
    const { data, meta } = await letrics.companies({ per_page: 10 });
    expect(data.slice(0, 2).map(({ created_at }) => created_at)).toEqual([
      "2026-12-01T00:00:00.001Z",
      "2026-12-01T00:00:00.001Z",
    ]);
    expect(meta.total).toBe(23);
    expect((await letrics.names({ per_page: 10 })).slice(2)).toEqual(before.slice(0, 8));
  });

  it("shifts nothing where added_before pins the set, contacts' neither", async () => {
    await start();
    const [companies, contacts] = [await letrics.companies(pinned), await letrics.contacts(pinned)];
    letrics.control.insert(2);
    expect([await letrics.companies(pinned), await letrics.contacts(pinned)]).toEqual([companies, contacts]);
    expect((await letrics.contacts()).meta.total).toBeGreaterThan(contacts.meta.total ?? 0);
  });

  it("ends with the catalogue", async () => {
    await start({ companies: 5998 });
    const { total = 0 } = (await letrics.companies({ per_page: 1 })).meta;
    letrics.control.insert(10);
    expect((await letrics.companies({ per_page: 1 })).meta.total).toBe(total + 2);
  });
});
