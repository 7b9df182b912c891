import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";

const SaveAnyProfile = graphql(`
  mutation SaveAnyProfile {
    upsertICP(input: { externalUserId: "u1" }) {
      userErrors {
        message
      }
    }
  }
`);

const WhatSurfeSays = graphql(`
  query WhatSurfeSays {
    recommendations(externalUserId: "u1", providers: [SURFE], first: 1) {
      nodes {
        company {
          id
        }
        people {
          nodes {
            id
          }
        }
      }
    }
  }
`);

const WhatLetricsSays = graphql(`
  query WhatLetricsSays($filter: PersonFilter) {
    people(filter: $filter, first: 2) {
      nodes {
        id
        company {
          id
          people {
            edges {
              cursor
            }
          }
        }
      }
    }
  }
`);

const WhatLushaSays = graphql(`
  query WhatLushaSays($people: [PersonReferenceInput!]!) {
    similarPeople(people: $people, first: 1) {
      nodes {
        person {
          id
        }
      }
    }
  }
`);

const KnownCompany = graphql(`
  query KnownCompany($ids: [ID!]!, $domain: String!, $linkedinUrl: String!, $after: String) {
    nodes(ids: $ids) {
      id
    }
    byDomain: company(domain: $domain) {
      id
      name
      linkedinUrl
      technologies
      employeeCount
      people {
        totalCount
        nodes {
          id
        }
      }
      rest: people(after: $after) {
        nodes {
          id
        }
      }
      sources {
        provider
        providerId
        fields
      }
    }
    byLinkedin: company(linkedinUrl: $linkedinUrl) {
      id
    }
  }
`);

const KnownPerson = graphql(`
  query KnownPerson($ids: [ID!]!, $linkedinUrl: String!) {
    nodes(ids: $ids) {
      id
    }
    person(linkedinUrl: $linkedinUrl) {
      id
      fullName
      jobTitle
      isDecisionMaker
      emails
      company {
        id
        domain
      }
      sources {
        provider
        providerId
        fields
      }
    }
    other: company(domain: "other.com") {
      people {
        nodes {
          id
        }
      }
    }
  }
`);

const PAGE = "https://www.linkedin.com/company/acme";
const JANE = "https://www.linkedin.com/in/jane";

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({
    providers: ["SURFE", "LUSHA", "LETRICS"],
    env: { LUSHA_API: "lookalikes", LUSHA_SHORT_PAGE_ENDS: "true" },
  });
  await app.query(SaveAnyProfile);
});
afterEach(() => app.stop());

/** Surfe knows the company by its domain, and Jane by her profile. */
async function surfeSays() {
  const jane = { firstName: "Jane", lastName: "Doe", jobTitle: "CEO", linkedinUrl: JANE };
  app.surfe.control.failNext({
    kind: "shape",
    body: { companies: [{ name: "Acme", domain: "acme.com", people: [jane] }], pagination: { hasMore: true } },
  });
  const row = present((await app.query(WhatSurfeSays)).data.recommendations?.nodes[0]);
  return { company: present(row.company).id, jane: present(row.people.nodes[0]).id };
}

/** Letrics knows the company by its page, and two people there by its own ids, until it learns more of one of them. */
async function letricsSays(more: boolean) {
  const company = {
    id: "L1",
    name: "ACME Ltd",
    domain: more ? "https://WWW.acme.com/" : null,
    linkedin_url: "linkedin.com/company/Acme/",
    technologies: ["Go"],
    employee_count: 5,
  };
  const jane = {
    id: "P1",
    first_name: "Jane",
    last_name: "D.",
    job_title: "Chief",
    is_decision_maker: true,
    personal_emails: ["jane@mail.example"],
    linkedin_url: more ? "http://fr.linkedin.com/in/JANE?x=y" : null,
    company,
  };
  const john = { id: "P2", first_name: "John", company };
  app.letrics.control.failNext({ kind: "shape", body: { data: [jane, john], meta: { total: 2 } } });
  const { data } = await app.query(WhatLetricsSays, { filter: { jobTitles: [more ? "more" : "less"] } });
  const [one, other] = present(data.people).nodes;
  const { id, people } = present(one?.company);
  return {
    company: id,
    jane: present(one).id,
    john: present(other).id,
    cursors: present(people).edges.map(({ cursor }) => cursor),
  };
}

async function lushaSays() {
  const result = {
    contactId: "8",
    firstName: "J",
    lastName: "Doe",
    socialLinks: { linkedin: "linkedin.com/in/jane" },
    company: { companyId: "43", name: "Other", domain: "other.com" },
  };
  app.lusha.control.failNext({ kind: "shape", body: { results: [result], meta: { hasMore: false } } });
  const people = Array.from({ length: 5 }, (_, i) => ({ lusha: { personId: String(i), companyId: "1" } }));
  const { data } = await app.query(WhatLushaSays, { people });
  return present(data.similarPeople?.nodes[0]?.person).id;
}

describe("two ids of one company that a client holds", () => {
  it("lead to the one once a record joins them, with its values, people and cursors", async () => {
    const surfe = await surfeSays();
    const letrics = await letricsSays(false);
    expect(letrics.company).not.toBe(surfe.company);
    const ids = [surfe.company, letrics.company];
    const variables = { ids, domain: "acme.com", linkedinUrl: PAGE, after: present(letrics.cursors[0]) };
    const before = await app.query(KnownCompany, { ...variables, after: null });
    expect(before.data.nodes).toEqual(ids.map((id) => ({ id })));
    expect(before.data.byDomain?.people?.nodes).toEqual([{ id: surfe.jane }]);

    await letricsSays(true);
    const { data, errors } = await app.query(KnownCompany, variables);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      nodes: [{ id: surfe.company }, { id: surfe.company }],
      byDomain: {
        id: surfe.company,
        name: "Acme",
        linkedinUrl: PAGE,
        technologies: ["Go"],
        employeeCount: 5,
        people: { totalCount: 2, nodes: [{ id: surfe.jane }, { id: letrics.john }] },
        rest: { nodes: [{ id: letrics.john }] }, // after the cursor of Jane, made while she and the company were Letrics' alone
        sources: [
          { provider: "SURFE", providerId: null, fields: ["name", "domain"] },
          { provider: "LETRICS", providerId: "L1", fields: ["linkedinUrl", "technologies", "employeeCount"] },
        ],
      },
      byLinkedin: { id: surfe.company },
    });
  });
});

describe("two ids of one person that a client holds", () => {
  it("lead to the one, who works where the preferred provider says and is known where each does", async () => {
    const letrics = await letricsSays(false);
    const lusha = await lushaSays();
    const variables = { ids: [letrics.jane, lusha], linkedinUrl: JANE };
    expect((await app.query(KnownPerson, variables)).data).toMatchObject({
      nodes: [{ id: letrics.jane }, { id: lusha }],
      person: { id: lusha, fullName: "J Doe", company: { domain: "other.com" } },
    });

    const surfe = await surfeSays();
    await letricsSays(true);
    const { data, errors } = await app.query(KnownPerson, variables);
    expect(errors).toBeUndefined();
    expect(surfe.jane).toBe(lusha);
    expect(data).toEqual({
      nodes: [{ id: lusha }, { id: lusha }],
      person: {
        id: lusha,
        fullName: "Jane Doe",
        jobTitle: "CEO",
        isDecisionMaker: true,
        emails: ["jane@mail.example"],
        company: { id: surfe.company, domain: "acme.com" },
        sources: [
          {
            provider: "SURFE",
            providerId: null,
            fields: ["fullName", "firstName", "lastName", "jobTitle", "linkedinUrl", "company"],
          },
          { provider: "LUSHA", providerId: "8", fields: [] },
          { provider: "LETRICS", providerId: "P1", fields: ["isDecisionMaker", "emails"] },
        ],
      },
      other: { people: { nodes: [{ id: lusha }] } },
    });
  });
});
