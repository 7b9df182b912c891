import { afterEach, describe, expect, it } from "@jest/globals";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const SAVE = `mutation ($input: UpsertICPInput!) {
  upsertICP(input: $input) { icp { providerId } userErrors { field code message } issues { code } }
}`;
const PAGE = `{ recommendations(externalUserId: "u1", first: 2) {
  issues { code message }
  nodes { providerId company { name domain employeeCount headquarters { locality streetAddress } } }
} }`;
const INPUT = { externalUserId: "u1", companies: { industries: ["Software"] } };

let app: TestApp;
let lines: string[];

afterEach(() => app.stop());

async function start(): Promise<void> {
  lines = [];
  app = await startTestApp({ surfe: { companies: 60 }, log: (line) => lines.push(line) });
}

const save = (input: object = INPUT) => app.send(SAVE, { input });

interface Saved {
  readonly upsertICP: { readonly icp: { readonly providerId: string | null } | null };
}

describe("a profile that Surfe answers with", () => {
  it.each([
    ["204 and no body", { kind: "status", status: 204 }],
    ["202 and a text", { kind: "status", status: 202, body: "accepted" }],
    ["200 and what is not JSON", { kind: "malformed" }],
    ["201 and a list", { kind: "status", status: 201, body: [] }],
  ] as const)("%s is saved there, and is not sent again", async (_, answer) => {
    await start();
    app.surfe.control.failNext(answer);
    expect((await save()).data).toEqual({ upsertICP: { icp: { providerId: null }, userErrors: [], issues: [] } });
    // The simulator did no work for an answer that stands in its place: it knows the profile by a call of its own.
    if (answer.kind === "status") await save();
    app.surfe.control.clearCalls();
    await app.send(PAGE);
    expect(callsOf(app.surfe)).toEqual(["fetch 0-2"]);
  });

  it("its own id has that id, also once it was down in between", async () => {
    await start();
    const { icp } = ((await save()).data as Saved).upsertICP;
    expect(icp?.providerId).toMatch(/^[0-9a-f-]{36}$/);
    app.surfe.control.failNext({ kind: "status", status: 401 });
    expect((await save()).data).toEqual({
      upsertICP: { icp, userErrors: [], issues: [{ code: "PROVIDER_CREDENTIALS_REJECTED" }] },
    });
  });

  it("other values than were sent is saved, and the log names the criteria", async () => {
    await start();
    const alter = (body: unknown) => ({ ...(body as object), companies: { industries: ["Banking"] } });
    app.surfe.control.failNext({ kind: "altered", alter: (answer) => ({ ...answer, body: alter(answer.body) }) });
    await save();
    const warnings = lines.map((line) => JSON.parse(line) as object).filter((line) => "fields" in line);
    expect(warnings).toMatchObject([{ level: 40, provider: "SURFE", fields: ["companies.industries"] }]);
    expect(JSON.stringify(warnings)).not.toContain("Banking");
  });

  it("a refusal of several values has each told at its field, in Surfe's words", async () => {
    await start();
    const message = 'companies.industries: does not know "Alchemy"; people.seniorities: does not know "Wizard"';
    app.surfe.control.failNext({ kind: "status", status: 400, body: { code: 400, message } });
    const code = "PROVIDER_REJECTED_REQUEST";
    expect((await save()).data).toEqual({
      upsertICP: {
        icp: null,
        userErrors: [
          { field: ["companies", "industries"], code, message: 'companies.industries: does not know "Alchemy"' },
          { field: ["people", "seniorities"], code, message: 'people.seniorities: does not know "Wizard"' },
        ],
        issues: [],
      },
    });
    expect((await app.send(`{ icp(externalUserId: "u1") { id } }`)).data).toEqual({ icp: null });
  });
});

describe("a row of Surfe's", () => {
  it("is read whatever the spelling of its names; the first of a name that has a value counts", async () => {
    await start();
    await save();
    let deep: unknown = "end";
    for (let level = 0; level < 2_000; level += 1) deep = { description: deep };
    const row = {
      Name: null,
      name: "Acme",
      NAME: "Other",
      DOMAIN: "www.Acme.com",
      domain: "other.com",
      employee_count: "120",
      description: deep,
      locations: [{ locality: "Lyon", country: "fr", primary: true }],
      hqAddress: "1 Rue de la Paix, Lyon",
      hqCountry: "France",
      recommendation: { id: "rec-1", reasons: [] },
    };
    app.surfe.control.failNext({ kind: "shape", body: { companies: [row], pagination: { hasMore: false } } });
    expect((await app.send(PAGE)).data).toEqual({
      recommendations: {
        issues: [],
        nodes: [
          {
            providerId: "rec-1",
            company: {
              name: "Acme",
              domain: "acme.com",
              employeeCount: 120,
              headquarters: { locality: "Lyon", streetAddress: "1 Rue de la Paix, Lyon" },
            },
          },
        ],
      },
    });
  });
});
