import { afterEach, describe, expect, it } from "@jest/globals";
import { SAMPLE_EXAMPLES, SAMPLE_PROFILE } from "../../src/sandbox/sample-profile";
import { startLushaSimulator, type LushaSimulator } from "../../src/sandbox/lusha/lusha-simulator";
import { send } from "./support/send";

interface Answer {
  readonly companies?: readonly { readonly companyId: string }[];
  readonly contacts?: readonly { readonly personId: string; readonly companyId: string }[];
  readonly requestId: string;
}

let lusha: LushaSimulator;
afterEach(() => lusha.close());

async function recommend(kind: "companies" | "contacts", body: object): Promise<Answer> {
  const url = `${lusha.url}/api/recommendations/${kind}`;
  return (await send(url, { headers: { api_key: "sandbox" }, body: { limit: 25, ...body } })).body as Answer;
}

describe("SAMPLE_EXAMPLES", () => {
  it("are the examples of the sample profile, as the simulated Lusha words them", async () => {
    const { company, person } = SAMPLE_EXAMPLES;
    const { personId, companyId } = person;
    expect(SAMPLE_PROFILE.exampleCompanies).toEqual([
      { own: { provider: "LUSHA", field: "lushaCompanyId", ids: company.companyId } },
    ]);
    expect(SAMPLE_PROFILE.examplePeople).toEqual([
      { own: { provider: "LUSHA", field: "lusha", ids: { personId, companyId } } },
    ]);

    lusha = await startLushaSimulator({ rateWindows: {}, setSize: 5000 });
    const seeds = { companies: [{ companyId: "6504" }, { companyId: "163421" }] };
    const set: unknown[] = [];
    let page = await recommend("companies", seeds);
    while (page.companies && page.companies.length > 0) {
      set.push(...page.companies);
      page = await recommend("companies", { ...seeds, requestId: page.requestId });
    }
    expect(set).toContainEqual(company);
    const { contacts: [colleague] = [] } = await recommend("contacts", { contacts: [{ personId, companyId }] });
    expect(colleague?.companyId).toBe(companyId);
    expect((await recommend("contacts", { contacts: [colleague] })).contacts).toContainEqual(person);
  });
});
