import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";

const SaveGoodProfile = graphql(`
  mutation SaveGoodProfile($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
        exampleCompanies {
          id
        }
        examplePeople {
          id
        }
      }
      userErrors {
        field
        code
        message
      }
    }
  }
`);

const ReadIds = graphql(`
  query ReadIds {
    recommendations(externalUserId: "u1", providers: [SURFE], first: 1) {
      nodes {
        id
        company {
          id
        }
        people(first: 1) {
          nodes {
            id
          }
        }
      }
    }
  }
`);

let app: TestApp;
let ids: { readonly company: string; readonly person: string; readonly icp: string; readonly recommendation: string };

/** An id of the right form, of something that nothing is recorded of. */
function idOf(key: string): string {
  return Buffer.from(key).toString("base64url");
}

beforeAll(async () => {
  app = await startTestApp({ providers: ["SURFE", "LUSHA"], surfe: { companies: 1 } });
  const { data } = await app.query(SaveGoodProfile, { input: { externalUserId: "u1" } });
  const row = present((await app.query(ReadIds)).data.recommendations?.nodes[0]);
  ids = {
    icp: present(data.upsertICP?.icp).id,
    recommendation: row.id,
    company: present(row.company).id,
    person: present(row.people.nodes[0]).id,
  };
});
beforeEach(() => {
  app.surfe.control.clearCalls();
  app.lusha.control.clearCalls();
});
afterAll(() => app.stop());

const calls = () => [...app.surfe.control.calls(), ...app.lusha.control.calls()];

const COMPANY_FORMS = "Name the company in exactly one way: id, domain, linkedinUrl or lushaCompanyId.";
const PERSON_FORMS = "Name the person in exactly one way: id, linkedinUrl or lusha.";
const DOMAIN = "Give a registrable domain such as acme.com. A host that many companies share is not accepted.";
const LEADS_NOWHERE =
  "cannot be identified at Lusha. Give Lusha's own ids, or something that Lusha has returned before.";

/** What names no company, and why. `$PERSON` and the like stand for ids that are real. */
const WRONG_COMPANIES: readonly (readonly [object, string])[] = [
  [{}, COMPANY_FORMS],
  [{ id: null, domain: null }, COMPANY_FORMS],
  [{ domain: "acme.com", lushaCompanyId: "42" }, COMPANY_FORMS],
  [{ id: "" }, '"" is not the id of a Company. Pass an unchanged `id` of one.'],
  [{ id: "garbage" }, '"garbage" is not the id of a Company. Pass an unchanged `id` of one.'],
  [{ id: "$PERSON" }, '"$PERSON" is not the id of a Company. Pass an unchanged `id` of one.'],
  [{ id: "$ICP" }, '"$ICP" is not the id of a Company. Pass an unchanged `id` of one.'],
  [{ id: "$RECOMMENDATION" }, '"$RECOMMENDATION" is not the id of a Company. Pass an unchanged `id` of one.'],
  [{ domain: "" }, `"" is not a company's domain. ${DOMAIN}`],
  [{ domain: "acme" }, `"acme" is not a company's domain. ${DOMAIN}`],
  [{ domain: "linktr.ee" }, `"linktr.ee" is not a company's domain. ${DOMAIN}`],
  [{ domain: "facebook.com/acme" }, `"facebook.com/acme" is not a company's domain. ${DOMAIN}`],
  [{ domain: "wixsite.com" }, `"wixsite.com" is not a company's domain. ${DOMAIN}`],
  [
    { linkedinUrl: "" },
    '"" is not a company\'s LinkedIn address. Give one such as https://www.linkedin.com/company/acme.',
  ],
  [
    { linkedinUrl: "linkedin.com/in/jane" },
    '"linkedin.com/in/jane" is not a company\'s LinkedIn address. Give one such as https://www.linkedin.com/company/acme.',
  ],
  [{ lushaCompanyId: "" }, '"" is not a Lusha id. Give a company\'s as Lusha writes it, such as 6504.'],
];

const WRONG_PEOPLE: readonly (readonly [object, string])[] = [
  [{}, PERSON_FORMS],
  [{ linkedinUrl: "linkedin.com/in/jane", lusha: { personId: "1", companyId: "2" } }, PERSON_FORMS],
  [{ id: "" }, '"" is not the id of a Person. Pass an unchanged `id` of one.'],
  [{ id: "$COMPANY" }, '"$COMPANY" is not the id of a Person. Pass an unchanged `id` of one.'],
  [
    { linkedinUrl: "" },
    '"" is not a person\'s LinkedIn address. Give one such as https://www.linkedin.com/in/jane-doe.',
  ],
  [
    { linkedinUrl: "linkedin.com/company/acme" },
    '"linkedin.com/company/acme" is not a person\'s LinkedIn address. Give one such as https://www.linkedin.com/in/jane-doe.',
  ],
  [
    { lusha: { personId: "", companyId: "42" } },
    '"" is not a Lusha id. Give a person\'s as Lusha writes it, such as 6504.',
  ],
  [
    { lusha: { personId: "8", companyId: "" } },
    '"" is not a Lusha id. Give a company\'s as Lusha writes it, such as 6504.',
  ],
];

/** With the real ids in their places. */
function real<T>(value: T): T {
  const text = JSON.stringify(value)
    .replaceAll("$PERSON", ids.person)
    .replaceAll("$COMPANY", ids.company)
    .replaceAll("$ICP", ids.icp)
    .replaceAll("$RECOMMENDATION", ids.recommendation);
  return JSON.parse(text) as T;
}

/** The one error of a request that was refused. */
async function refusal(text: string, variables: object = {}) {
  const { errors } = await app.send(text, variables);
  expect(calls()).toEqual([]);
  return present(errors).map(({ message, extensions }) => ({ message, code: extensions.code }));
}

async function userErrors(input: object) {
  const { data } = await app.query(SaveGoodProfile, { input });
  expect(calls()).toEqual([]);
  return present(data.upsertICP).userErrors;
}

const SIMILAR_COMPANIES =
  "query ($is: [CompanyReferenceInput!]!, $not: [CompanyReferenceInput!]) { similarCompanies(companies: $is, exclude: $not) { totalCount } }";
const SIMILAR_PEOPLE =
  "query ($is: [PersonReferenceInput!]!, $not: [PersonReferenceInput!]) { similarPeople(people: $is, exclude: $not) { totalCount } }";
const GOOD_COMPANY = { lushaCompanyId: "6504" };
const GOOD_PERSON = { lusha: { personId: "675851474", companyId: "6504" } };

describe("a reference to a company", () => {
  it.each(WRONG_COMPANIES)("%j is refused wherever one is taken", async (reference, message) => {
    const [wrong, why] = [real(reference), real(message)];
    const reason = (field: string) => [{ code: "BAD_USER_INPUT", message: `\`${field}\`: ${why}` }];
    expect(await refusal(SIMILAR_COMPANIES, { is: [wrong] })).toEqual(reason("companies[0]"));
    expect(await refusal(SIMILAR_COMPANIES, { is: [GOOD_COMPANY], not: [GOOD_COMPANY, wrong] })).toEqual(
      reason("exclude[1]"),
    );
    expect(await userErrors({ externalUserId: "bad", exampleCompanies: [GOOD_COMPANY, wrong] })).toEqual([
      { field: ["exampleCompanies", "1"], code: "BAD_USER_INPUT", message: why },
    ]);
  });
});

describe("a reference to a person", () => {
  it.each(WRONG_PEOPLE)("%j is refused wherever one is taken", async (reference, message) => {
    const [wrong, why] = [real(reference), real(message)];
    const reason = (field: string) => [{ code: "BAD_USER_INPUT", message: `\`${field}\`: ${why}` }];
    expect(await refusal(SIMILAR_PEOPLE, { is: [wrong] })).toEqual(reason("people[0]"));
    expect(await refusal(SIMILAR_PEOPLE, { is: [GOOD_PERSON], not: [wrong] })).toEqual(reason("exclude[0]"));
    expect(await userErrors({ externalUserId: "bad", examplePeople: [wrong] })).toEqual([
      { field: ["examplePeople", "0"], code: "BAD_USER_INPUT", message: why },
    ]);
  });
});

describe("an id that leads to nothing", () => {
  const company = idOf("Company:domain:nowhere.example");
  const person = idOf("Person:linkedin:nobody");

  it("is refused as a seed: Lusha could not be told of it", async () => {
    expect(await refusal(SIMILAR_COMPANIES, { is: [{ id: company }] })).toEqual([
      { code: "PROVIDER_CANNOT_SERVE", message: `\`companies[0]\` ${LEADS_NOWHERE}` },
    ]);
    expect(await refusal(SIMILAR_PEOPLE, { is: [GOOD_PERSON], not: [{ id: person }] })).toEqual([
      { code: "PROVIDER_CANNOT_SERVE", message: `\`exclude[0]\` ${LEADS_NOWHERE}` },
    ]);
  });

  it("is refused as an example, together with whatever else is wrong", async () => {
    const input = {
      externalUserId: "bad",
      exampleCompanies: [{ domain: "com" }, { id: company }],
      examplePeople: [{ id: person }],
    };
    const message = (id: string) =>
      `"${id}" is not an id that this server knows. Pass an unchanged \`id\` of this graph.`;
    expect(await userErrors(input)).toEqual([
      {
        field: ["exampleCompanies", "0"],
        code: "BAD_USER_INPUT",
        message: `"com" is not a company's domain. ${DOMAIN}`,
      },
      { field: ["exampleCompanies", "1"], code: "BAD_USER_INPUT", message: message(company) },
      { field: ["examplePeople", "0"], code: "BAD_USER_INPUT", message: message(person) },
    ]);
  });

  it("is taken where the profile gave it out: a client may send back what it read", async () => {
    const input = {
      externalUserId: "bare",
      exampleCompanies: [{ domain: "nowhere.example" }, { id: ids.company }],
      examplePeople: [{ linkedinUrl: "https://www.linkedin.com/in/nobody" }, { id: ids.person }],
    };
    const saved = present((await app.query(SaveGoodProfile, { input })).data.upsertICP?.icp);
    expect(saved).toMatchObject({
      exampleCompanies: [{ id: company }, { id: ids.company }],
      examplePeople: [{ id: person }, { id: ids.person }],
    });
    const { exampleCompanies, examplePeople } = saved;
    const again = await app.query(SaveGoodProfile, {
      input: { externalUserId: "bare", exampleCompanies, examplePeople },
    });
    expect(again.data.upsertICP).toEqual({ icp: saved, userErrors: [] });
  });
});

describe("a lookup", () => {
  it.each([
    ["{ company { id } }", "Give exactly one of `domain` and `linkedinUrl`."],
    [
      '{ company(domain: "acme.com", linkedinUrl: "linkedin.com/company/acme") { id } }',
      "Give exactly one of `domain` and `linkedinUrl`.",
    ],
    ['{ company(domain: "") { id } }', `"" is not a company's domain. ${DOMAIN}`],
    ['{ company(domain: "x.com") { id } }', `"x.com" is not a company's domain. ${DOMAIN}`],
    ['{ company(domain: "jane@gmail.com") { id } }', `"jane@gmail.com" is not a company's domain. ${DOMAIN}`],
    [
      '{ company(linkedinUrl: "") { id } }',
      '"" is not a company\'s LinkedIn address. Give one such as https://www.linkedin.com/company/acme.',
    ],
    ["{ person { id } }", "Give `linkedinUrl`."],
    [
      '{ person(linkedinUrl: "") { id } }',
      '"" is not a person\'s LinkedIn address. Give one such as https://www.linkedin.com/in/jane-doe.',
    ],
    [
      '{ recommendations(externalUserId: "u1", providers: []) { totalCount } }',
      "`providers` takes at least one of SURFE, LUSHA, LINKUP, LETRICS.",
    ],
    ["{ similarCompanies(companies: []) { totalCount } }", "`companies` takes 1 to 100 references, but has 0."],
    ["{ similarPeople(people: []) { totalCount } }", "`people` takes 1 to 100 references, but has 0."],
  ])("%s is refused", async (text, message) => {
    expect(await refusal(text)).toEqual([{ code: "BAD_USER_INPUT", message }]);
  });

  it.each([
    [
      '{ recommendations(externalUserId: "nobody") { totalCount } }',
      'There is no profile for externalUserId "nobody". Save one with upsertICP first.',
    ],
    [
      '{ recommendations(externalUserId: "") { totalCount } }',
      'There is no profile for externalUserId "". Save one with upsertICP first.',
    ],
    ["{ recommendations { totalCount } }", "There is no profile of your own. Save one with upsertICP first."],
  ])("%s is told that there is no profile", async (text, message) => {
    expect(await refusal(text)).toEqual([{ code: "PROFILE_NOT_FOUND", message }]);
  });

  it("of what does not exist is null", async () => {
    const text = `query ($id: ID!, $ids: [ID!]!) {
      node(id: $id) { id }
      nodes(ids: $ids) { id }
      company(domain: "nowhere.example") { id }
      person(linkedinUrl: "https://www.linkedin.com/in/nobody-at-all") { id }
      icp(externalUserId: "nobody") { id }
      empty: icp(externalUserId: "") { id }
      own: icp { id }
    }`;
    const unknown = idOf("Company:domain:nowhere.example");
    expect(await app.send(text, { id: unknown, ids: ["", "garbage", unknown, ids.company] })).toEqual({
      status: 200,
      data: {
        node: null,
        nodes: [null, null, null, { id: ids.company }],
        company: null,
        person: null,
        icp: null,
        empty: null,
        own: null,
      },
    });
    expect(calls()).toEqual([]);
  });

  it("finds the authenticated user's own profile by no name, an empty one included", async () => {
    const { data } = await app.query(SaveGoodProfile, { input: {} });
    const own = { id: present(data.upsertICP?.icp).id };
    expect((await app.send('{ empty: icp(externalUserId: "") { id } own: icp { id } }')).data).toEqual({
      empty: null,
      own,
    });
  });
});
