import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { exampleGroups } from "../../playground/examples/examples";
import { fillPlaceholders, remember, type Seen } from "../../playground/placeholders";
import { startTestApp, type TestApp } from "../support/test-app";

const text = expect.any(String);
const id = { id: text };
const page = { pageInfo: { hasNextPage: true, endCursor: text }, issues: [] };
const some = (count: number, row: object) => Array.from({ length: count }, () => expect.objectContaining(row));
const everyProvider = (row: object) =>
  ["SURFE", "LUSHA", "LINKUP", "LETRICS"].map((provider) => ({ provider, configured: true, ...row }));

/** What each example answers in the sandbox, by its title. */
const ANSWERS: Readonly<Record<string, object>> = {
  "Save a profile": { upsertICP: { icp: { externalUserId: "demo-user" }, userErrors: [] } },
  "Save a profile with examples": {
    upsertICP: {
      icp: { externalUserId: "demo-lookalikes", exampleCompanies: [id], examplePeople: [id] },
      userErrors: [],
    },
  },
  "The profile of a user": { icp: { externalUserId: "demo-lookalikes", companies: { industries: ["Software"] } } },
  "All profiles": { icps: { totalCount: 2, nodes: some(2, { recommendations: { nodes: [expect.anything()] } }) } },
  "What a profile may hold": { profileOptions: { seniorities: expect.arrayContaining(["C-Level"]) } },
  "Delete a profile": { deleteICP: false },
  "Companies and their people": { recommendations: { ...page, edges: some(5, { cursor: text }) } },
  "The next page": { recommendations: { ...page, edges: some(5, { cursor: text }) } },
  "Merged from all providers": { recommendations: { ...page, nodes: some(8, { providers: expect.anything() }) } },
  "From chosen providers": {
    recommendations: { issues: [{ provider: "LINKUP", code: text }], nodes: some(5, { provider: "SURFE" }) },
  },
  "Similar companies": { similarCompanies: { ...page, nodes: some(5, { company: expect.objectContaining(id) }) } },
  "Similar people": { similarPeople: { ...page, nodes: some(5, { person: expect.objectContaining(id) }) } },
  "Lookalikes of one company": {
    node: { name: text, similarCompanies: { issues: [], nodes: some(3, { company: expect.objectContaining(id) }) } },
  },
  "People LinkedIn suggests": {
    networkRecommendations: { ...page, nodes: some(5, { person: expect.objectContaining({ fullName: text }) }) },
  },
  "Search companies": { companies: { ...page, totalCount: expect.any(Number), nodes: some(5, { name: text }) } },
  "Search people": { people: { ...page, nodes: some(5, { fullName: text, isDecisionMaker: true }) } },
  "An entity by its id": { node: { name: text, sources: some(2, { fields: expect.anything() }) } },
  "Several by their ids": { nodes: [{ __typename: "Company", name: text }, null] },
  "A company by its domain": { company: { name: text, people: { nodes: some(5, id) } } },
  "A person by LinkedIn address": { person: { fullName: text, recommendations: { nodes: [{ provider: "LINKUP" }] } } },
  "How the providers stand": { providers: everyProvider({ sandbox: true, circuit: "CLOSED", lastErrorCode: null }) },
  "What they cost": { providers: everyProvider({ creditsSpent: expect.any(Number), creditBudget: null }) },
  "Who spent it, and for what": {
    spending: expect.arrayContaining([
      expect.objectContaining({ provider: "SURFE", user: "demo-user", calls: expect.any(Number), unsettled: 0 }),
    ]),
  },
};

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { SANDBOX: "on" } });
});
afterAll(() => app.stop());

describe("the playground's examples", () => {
  it("answer in the sandbox, run from top to bottom", async () => {
    let seen: Seen = {};
    for (const { title, query, variables } of exampleGroups.flatMap(({ examples }) => examples)) {
      const filled = fillPlaceholders(variables === "" ? {} : JSON.parse(variables), seen);
      if (filled.kind === "unfilled") throw new Error(`${title}: ${filled.message}`);
      const answer = await app.send(query, filled.variables as object);
      seen = remember(seen, answer);

      expect({ title, ...answer }).toMatchObject({ title, status: 200, data: ANSWERS[title] });
      expect({ title, errors: answer.errors }).toEqual({ title, errors: undefined });
    }
  });
});
