import { afterEach, describe, expect, it } from "@jest/globals";
import type { LetricsOptions } from "../../../src/sandbox/letrics/letrics-options";
import { startLetrics, type TestLetrics } from "../support/start-letrics";

let letrics: TestLetrics;

async function start(options: LetricsOptions = {}): Promise<void> {
  letrics = await startLetrics(options);
}

afterEach(() => letrics.close());

const totals = async (...filters: readonly object[]) => {
  const found = await Promise.all(filters.map((filter) => letrics.contacts({ ...filter, per_page: 100 })));
  return found.map(({ meta }) => meta.total);
};

describe("filters on companies", () => {
  it("take any of a filter's values, in any case, and all filters at once", async () => {
    await start();
    expect(await letrics.names({ industries: ["construction"] })).toEqual(["orchard builders"]);
    expect(await letrics.names({ industries: ["Construction", "HEALTHCARE", "none"] })).toEqual([
      "summit care",
      "orchard builders",
    ]);
    expect(await letrics.names({ industries: ["Construction", "Healthcare"], locations: ["France"] })).toEqual([
      "summit care",
    ]);
    expect(await letrics.names({ industries: ["none"] })).toEqual([]);
    expect(await letrics.names({ industries: [] })).toHaveLength(21);
  });

  it("know a location by country, code, city, region and the whole", async () => {
    await start();
    const lille = ["summit care"];
    expect(await letrics.names({ locations: ["lille"] })).toEqual(lille);
    expect(await letrics.names({ locations: ["Lille, France"] })).toEqual(lille);
    expect(await letrics.names({ locations: ["Hauts-de-France"] })).toEqual(lille);
    expect(await letrics.names({ locations: ["FR"] })).toEqual(["surfe", ...lille]);
  });

  it("know functions and technologies by overlap, and top-level domains with and without a dot", async () => {
    await start();
    const rows = (await letrics.companies({ technologies: ["jira", "Stripe"] })).data;
    expect(rows.map(({ technologies }) => technologies.some((one) => ["Jira", "Stripe"].includes(one)))).toEqual(
      rows.map(() => true),
    );
    expect(rows).toHaveLength(6);
    expect((await letrics.companies({ functions: ["legal"] })).data).toHaveLength(6);
    expect(await letrics.names({ tlds: ["de"] })).toEqual(["kingsway mobility", "orchard builders"]);
    expect(await letrics.names({ tlds: [".co.jp", ".MX"] })).toEqual(["clearfield freight", "beacon bioworks"]);
  });

  it("count both ends of a span of creation", async () => {
    await start();
    const added = (after: string, before: string) => letrics.names({ added_after: after, added_before: before });
    const two = ["summit care", "orchard builders"];
    expect(await added("2020-03-16T10:27:54Z", "2020-04-14T02:15:17Z")).toEqual(two);
    expect(await added("2020-03-16T10:27:54.001Z", "2020-04-14T02:15:17+00:00")).toEqual(two.slice(0, 1));
    expect(await added("2020-03-16T10:27Z", "2020-04-14T02:15:16Z")).toEqual(two.slice(1));
  });
});

describe("filters on contacts", () => {
  it("know part of a job title in any case, and departments and seniorities exactly", async () => {
    await start();
    const titles = async (filter: object) =>
      (await letrics.contacts({ ...filter, per_page: 100 })).data.map(({ job_title }) => job_title);
    const managers = await titles({ job_titles: ["mAnAgEr", "paralegal"] });
    expect(managers.length).toBeGreaterThan(2);
    expect(managers.every((title) => /manager|paralegal/i.test(title))).toBe(true);
    const { data } = await letrics.contacts({ departments: ["Sales", "Legal"], seniorities: ["VP", "Founder"] });
    expect(data.map(({ department, seniority }) => [department, seniority])).toEqual([
      ["Legal", "Founder"],
      ["Sales", "VP"],
      ["Sales", "VP"],
    ]);
    expect(await totals({ departments: ["sales"] }, { seniorities: ["vp"] }, { departments: ["Sal"] })).toEqual([
      0, 0, 0,
    ]);
  });

  it("restrict by a flag only where it is true", async () => {
    await start();
    const [all, notRestricted] = await totals({}, { is_decision_maker: false, has_linkedin_profile: false });
    expect(notRestricted).toBe(all);
    const whole = (await letrics.contacts({ per_page: 100 })).data;
    const deciding = (await letrics.contacts({ is_decision_maker: true, per_page: 100 })).data;
    expect(deciding).toEqual(whole.filter((one) => one.is_decision_maker));
    const linked = (await letrics.contacts({ has_linkedin_profile: true, per_page: 100 })).data;
    expect(linked).toEqual(whole.filter((one) => one.linkedin_url !== null));
    const mailed = (await letrics.contacts({ has_personal_emails: true, per_page: 100 })).data;
    expect(mailed).toEqual(whole.filter((one) => one.personal_emails.length > 0));
    expect([all, deciding.length, linked.length, mailed.length]).toEqual([74, 47, 55, 17]);
  });

  it("are of the company too, its creation among them", async () => {
    await start();
    const { data } = await letrics.contacts({ added_before: "2020-02-01T00:00:00Z", tlds: ["com"] });
    expect([...new Set(data.map(({ company }) => company.name))]).toEqual(["LANTERN PEOPLE"]);
  });
});

describe("fields that are refused", () => {
  const refusal = async (path: string, body: object) => {
    const reply = await letrics.post(path, body);
    return [reply.status, reply.body];
  };
  const invalid = (details: string) => [400, { errors: [{ id: "invalid_input", code: 400, details }] }];

  it("are those that the request does not have", async () => {
    await start();
    expect(await refusal("/companies", { job_titles: ["a"] })).toEqual(
      invalid("job_titles: is not a field of this request"),
    );
    expect(await refusal("/contacts", { has_personal_email: true })).toEqual(
      invalid("has_personal_email: is not a field of this request"),
    );
  });

  it("are the older name of a renamed one, where it is told", async () => {
    await start({ personalEmailField: "has_personal_email" });
    expect(await totals({ has_personal_email: true })).toEqual([17]);
    expect(await refusal("/contacts", { has_personal_emails: true })).toEqual(
      invalid("has_personal_emails: is not a field of this request"),
    );
  });

  it("are those of another type", async () => {
    await start();
    expect(await refusal("/companies", { industries: "SaaS" })).toEqual(
      invalid("industries: must be an array of strings"),
    );
    expect(await refusal("/companies", { industries: [1] })).toEqual(
      invalid("industries: must be an array of strings"),
    );
    expect(await refusal("/contacts", { is_decision_maker: 1 })).toEqual(
      invalid("is_decision_maker: must be a boolean"),
    );
    const instant = invalid("added_after: must be an instant in UTC, in ISO 8601");
    expect(await refusal("/companies", { added_after: "2026-01-01" })).toEqual(instant);
    expect(await refusal("/companies", { added_after: "2026-01-01T00:00:00+02:00" })).toEqual(instant);
    expect(await refusal("/companies", { added_after: "2026-13-01T00:00:00Z" })).toEqual(instant);
    expect(await refusal("/companies", { added_after: 5 })).toEqual(instant);
  });
});
