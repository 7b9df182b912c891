import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { composeServices as composeByApollo } from "@apollo/composition";
import { composeServices as composeByGuild } from "@theguild/federation-composition";
import { parse, type DocumentNode } from "graphql";
import { entityKey } from "../../../src/domain/entity-key";
import { entityId } from "../../../src/relay/global-id";
import { present } from "../../support/present";
import { callsOf, startTestApp, type TestApp } from "../../support/test-app";
import { startCrm, type Crm } from "./crm-subgraph";
import { startApolloGateway, startHiveGateway, type Gateway } from "./gateways";

interface Service {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

let app: TestApp;
let crm: Crm;
let services: Service[];
let gateways: Readonly<Record<"Hive" | "Apollo", Gateway>>;

/** What has been started, the last first: all of it stops, even where the rest did not start. */
const started: { stop(): Promise<void> }[] = [];

async function start<One extends { stop(): Promise<void> }>(starting: Promise<One>): Promise<One> {
  const one = await starting;
  started.unshift(one);
  return one;
}

beforeAll(async () => {
  app = await start(
    startTestApp({
      losesAnswers: true,
      providers: ["SURFE", "LUSHA", "LINKUP"],
      surfe: { companies: 30 },
    }),
  );
  crm = await start(startCrm());
  const save = (user: string) => `upsertICP(input: { externalUserId: "${user}" }) { icp { id } }`;
  await app.send(`mutation { one: ${save("u1")} two: ${save("u2")} }`);
  await app.send(`{ recommendations(externalUserId: "u1", first: 2) { nodes { id } } }`);
  // Among those is Surfe: Lusha's id of it is known from here on.
  await app.send(`{ similarCompanies(companies: [{ lushaCompanyId: "219994" }], first: 5) { nodes { id } } }`);
  const { data } = await app.send("{ _service { sdl } }");
  const { sdl } = (data as { readonly _service: { readonly sdl: string } })._service;
  services = [
    { name: "tributary", url: app.url, typeDefs: parse(sdl) },
    { name: "crm", url: crm.url, typeDefs: crm.typeDefs },
  ];
  gateways = {
    Hive: await start(startHiveGateway(present(composeByGuild(services).supergraphSdl))),
    Apollo: await start(startApolloGateway(present(composeByApollo(services).supergraphSdl))),
  };
});
afterAll(async () => {
  for (const one of started) await one.stop();
});
afterEach(() => {
  app.surfe.control.failAlways(null);
  app.lusha.control.failAlways(null);
  crm.refuseOwnersOf([]);
});

describe("composition", () => {
  it("takes Tributary alone, and beside a subgraph with Relay connections of its own", () => {
    for (const some of [services.slice(0, 1), services]) {
      expect(composeByGuild(some).errors).toBeUndefined();
      const composed = composeByApollo(some);
      expect({ errors: composed.errors, hints: composed.hints }).toEqual({ errors: undefined, hints: [] });
    }
  });
});

describe.each(["Hive", "Apollo"] as const)("the gateway of %s", (name) => {
  const ask = (text: string, headers?: Readonly<Record<string, string>>) => gateways[name].ask(text, headers);

  it("answers accounts -> company -> recommendations -> people, from the record alone", async () => {
    app.surfe.control.clearCalls();
    const answer = await ask(`{
      accounts {
        pageInfo { hasNextPage endCursor }
        nodes {
          name
          company {
            domain
            name
            recommendations {
              pageInfo { hasNextPage }
              totalCount
              nodes { score people(first: 1) { nodes { fullName jobTitle } } }
            }
          }
          contact { fullName company { name } }
        }
      }
    }`);
    const bySurfe = (score: number, person: object) => ({ score, people: { nodes: [person] } });
    const recommended = (...nodes: readonly object[]) => ({
      pageInfo: { hasNextPage: false },
      totalCount: nodes.length,
      nodes,
    });
    const byLusha = { score: null, people: { nodes: [] } };
    expect(answer).toEqual({
      status: 200,
      data: {
        accounts: {
          pageInfo: { hasNextPage: false, endCursor: "4" },
          nodes: [
            {
              name: "Surfe SAS",
              company: {
                domain: "www.Surfe.com",
                name: "Surfe",
                recommendations: recommended(byLusha, bySurfe(85, { fullName: "John Doe", jobTitle: "Head of Sales" })),
              },
              contact: { fullName: "John Doe", company: { name: "Surfe" } },
            },
            {
              name: "Nowhere Ltd",
              company: { domain: "nowhere.example", name: null, recommendations: null },
              contact: { fullName: null, company: null },
            },
            { name: "Corner shop", company: null, contact: null },
            {
              name: "Lantern",
              company: {
                domain: "https://lanternpeople.com/about",
                name: "Lantern People",
                recommendations: recommended(
                  bySurfe(80, { fullName: "Valentina Santos", jobTitle: "Engineering Manager" }),
                ),
              },
              contact: null,
            },
          ],
        },
      },
    });
    expect(callsOf(app.surfe)).toEqual([]);
  });

  it("answers null for the company of an account that nobody knows, where its id is asked for", async () => {
    const { status, data } = await ask("{ accounts { nodes { name company { id name } } } }");
    const idOf = (domain: string) => entityId(entityKey("Company", "domain", domain));
    expect({ status, data }).toEqual({
      status: 200,
      data: {
        accounts: {
          nodes: [
            { name: "Surfe SAS", company: { id: idOf("surfe.com"), name: "Surfe" } },
            { name: "Nowhere Ltd", company: null },
            { name: "Corner shop", company: null },
            { name: "Lantern", company: { id: idOf("lanternpeople.com"), name: "Lantern People" } },
          ],
        },
      },
    });
  });

  it("answers which of the companies recommended are accounts", async () => {
    const answer = await ask(
      `{ recommendations(externalUserId: "u1", first: 2) { nodes { company { domain account { name owner } } } } }`,
    );
    expect(answer).toEqual({
      status: 200,
      data: {
        recommendations: {
          nodes: [
            { company: { domain: "surfe.com", account: { name: "Surfe SAS", owner: "Ada" } } },
            { company: { domain: "lanternpeople.com", account: { name: "Lantern", owner: "Ada" } } },
          ],
        },
      },
    });
  });

  it("answers the rest where a provider fails for one company, and says which and why", async () => {
    app.lusha.control.failNext({ kind: "status", status: 500 });
    const answer = await ask(
      "{ accounts { nodes { owner company { name similarCompanies(first: 1) { nodes { provider } } } } } }",
    );
    expect(answer).toEqual({
      status: 200,
      data: {
        accounts: {
          nodes: [
            { owner: "Ada", company: { name: "Surfe", similarCompanies: null } },
            { owner: "Ada", company: { name: null, similarCompanies: null } },
            { owner: "Ada", company: null },
            { owner: "Ada", company: { name: "Lantern People", similarCompanies: { nodes: [] } } },
          ],
        },
      },
      errors: [
        {
          message: "Lusha failed (500).",
          path: ["accounts", "nodes", 0, "company", "similarCompanies"],
          extensions: {
            serviceName: "tributary",
            code: "PROVIDER_UNAVAILABLE",
            provider: "LUSHA",
            retryable: true,
            issues: [
              { provider: "LUSHA", code: "PROVIDER_UNAVAILABLE", message: "Lusha failed (500).", retryAfter: null },
            ],
          },
        },
      ],
    });
  });

  it("answers null where a provider gives no row at all, and the accounts beside it", async () => {
    app.surfe.control.failAlways({ kind: "status", status: 402 });
    const answer = await ask(
      `{ recommendations(externalUserId: "u2") { nodes { id } } accounts { nodes { name contact { fullName } } } }`,
    );
    const message = "The credits or quota at Surfe are used up (402). Check the plan there.";
    expect(answer).toEqual({
      status: 200,
      data: {
        recommendations: null,
        accounts: {
          nodes: [
            { name: "Surfe SAS", contact: { fullName: "John Doe" } },
            { name: "Nowhere Ltd", contact: { fullName: null } },
            { name: "Corner shop", contact: null },
            { name: "Lantern", contact: null },
          ],
        },
      },
      errors: [
        {
          message,
          path: ["recommendations"],
          extensions: {
            serviceName: "tributary",
            code: "PROVIDER_CREDITS_EXHAUSTED",
            provider: "SURFE",
            retryable: false,
            issues: [{ provider: "SURFE", code: "PROVIDER_CREDITS_EXHAUSTED", message, retryAfter: null }],
          },
        },
      ],
    });
  });

  it("answers the rest where the CRM refuses a field", async () => {
    crm.refuseOwnersOf(["1"]);
    const answer = await ask(
      `{ recommendations(externalUserId: "u1", first: 2) { nodes { company { name account { name owner } } } } }`,
    );
    expect(answer).toEqual({
      status: 200,
      data: {
        recommendations: {
          nodes: [
            { company: { name: "Surfe", account: { name: "Surfe SAS", owner: null } } },
            { company: { name: "Lantern People", account: { name: "Lantern", owner: "Ada" } } },
          ],
        },
      },
      errors: [
        {
          message: "The owner is a secret.",
          path: ["recommendations", "nodes", 0, "company", "account", "owner"],
          extensions: { code: "CRM_FORBIDDEN", serviceName: "crm" },
        },
      ],
    });
  });

  it("hands the caller's LinkedIn session to Tributary, and to nobody else", async () => {
    app.linkup.control.clearCalls();
    crm.headers.length = 0;
    const session = `session-${name}`;
    const answer = await ask("{ networkRecommendations(first: 1) { nodes { provider } } accounts { nodes { id } } }", {
      "x-linkup-login-token": session,
    });
    expect(answer).toMatchObject({ status: 200, data: { accounts: { nodes: [{}, {}, {}, {}] } } });
    expect(app.linkup.control.calls().map(({ body }) => body)).toEqual([
      { total_results: 10, country: "FR", login_token: session },
    ]);
    expect(crm.headers.map((headers) => headers["x-linkup-login-token"])).toEqual([undefined]);
  });
});

describe("without the CRM", () => {
  beforeAll(() => crm.stop());

  it.each(["Hive", "Apollo"] as const)("the gateway of %s answers Tributary's part", async (name) => {
    const text = `{ recommendations(externalUserId: "u1", first: 1) { nodes { company { name account { name } } } } }`;
    expect(await gateways[name].ask(text)).toEqual({
      status: 200,
      data: { recommendations: { nodes: [{ company: { name: "Surfe", account: null } }] } },
      errors: [expect.objectContaining({ extensions: { code: "INTERNAL_SERVER_ERROR" } })],
    });
  });
});
