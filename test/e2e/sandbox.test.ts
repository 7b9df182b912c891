import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startSandbox } from "../../src/sandbox/sandbox";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { graphql } from "./documents";

const SamplePage = graphql(`
  query SamplePage($providers: [Provider!], $first: Int!, $after: String) {
    recommendations(externalUserId: "demo-user", providers: $providers, first: $first, after: $after) {
      issues {
        provider
        code
      }
      pageInfo {
        endCursor
      }
      nodes {
        provider
        providers
        score
        reasons {
          type
          score
        }
        subject {
          __typename
          ... on Company {
            name
          }
          ... on Person {
            fullName
            jobTitle
            company {
              name
            }
          }
        }
      }
    }
  }
`);

const SavedProfiles = graphql(`
  query SavedProfiles {
    icps {
      nodes {
        externalUserId
        companies {
          industries
          primaryLocations
          employeeCount {
            from
            to
          }
        }
        exampleCompanies {
          name
          domain
        }
        examplePeople {
          fullName
          jobTitle
          company {
            name
          }
        }
      }
    }
    providers {
      provider
      creditsSpent
    }
  }
`);

const LookalikesInSandbox = graphql(`
  query LookalikesInSandbox($first: Int!, $after: String) {
    similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: $first, after: $after) {
      issues {
        code
      }
      pageInfo {
        endCursor
      }
      nodes {
        company {
          name
        }
      }
    }
  }
`);

let app: TestApp;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tributary-sandbox-"));
});

afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

async function start({ env, ...options }: TestAppOptions = {}): Promise<void> {
  app = await startTestApp({ providers: [], ...options, env: { SANDBOX: "on", ...env } });
}

async function page(first: number, variables: { providers?: "SURFE"[]; after?: string | null } = {}) {
  const { data } = await app.query(SamplePage, { first, ...variables });
  return present(data.recommendations);
}

type Node = Awaited<ReturnType<typeof page>>["nodes"][number];

function told({ providers, score, subject }: Node) {
  const name = subject.__typename === "Person" ? `${subject.fullName ?? ""}, ${subject.jobTitle ?? ""}` : subject.name;
  return [name, providers.join(), score];
}

/** What the panel of the explorer sends. */
async function change(body: object) {
  const response = await fetch(new URL("/sandbox", app.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe("a fresh sandbox", () => {
  it("has a sample profile, and no provider was called for it", async () => {
    const sandbox = await startSandbox();
    await start({ sandbox });
    const { data } = await app.query(SavedProfiles);
    expect(data.icps.nodes).toEqual([
      {
        externalUserId: "demo-user",
        companies: {
          industries: ["SaaS", "Software", "Sales"],
          primaryLocations: ["FR", "DE", "GB", "NL", "ES"],
          employeeCount: { from: 50, to: 2000 },
        },
        exampleCompanies: [{ name: "Beacon Selling", domain: "beaconselling.co" }],
        examplePeople: [{ fullName: "Hugo Carter", jobTitle: "Head of Sales", company: { name: "Beacon Selling" } }],
      },
    ]);
    expect(data.providers.map(({ creditsSpent }) => creditsSpent)).toEqual([0, 0, 0, 0]);
    expect(callsOf(sandbox.surfe)).toEqual([]);
    await page(1);
    expect(callsOf(sandbox.surfe)).toEqual(["icp", "fetch 0-1"]);
    await sandbox.close();
  });

  it("recommends several companies by several providers on its first page, scores in list order", async () => {
    await start();
    const { nodes, issues } = await page(10);
    expect(nodes.map(told)).toEqual([
      ["Surfe", "SURFE,LUSHA,LETRICS", 85],
      ["Aurora Software Inc.", "LUSHA,LETRICS", null],
      ["Clara Bauer, Senior Sales Manager", "LUSHA", null],
      ["Alder Pipeline", "LETRICS", null],
      ["Ironwood Codeworks", "SURFE,LETRICS", 80],
      ["FLINT TALENT", "LUSHA", null],
      ["Ines Nakamura, Head of Sales", "LUSHA", null],
      ["CLEARFIELD CLOUD", "LETRICS", null],
      ["Pebble Suite", "SURFE", 80],
      ["Magnolia Software", "LUSHA", null],
    ]);
    expect(nodes[4]?.reasons).toEqual([
      { type: "INDUSTRY_MATCH", score: 80 },
      { type: "LOCATION_MATCH", score: 70 },
      { type: "SIZE_MATCH", score: 55 },
    ]);
    expect(issues).toEqual([]);
  });

  it("has it once, whatever is saved beside it and however often it starts", async () => {
    await start({ databasePath: join(folder, "sandbox.db") });
    await app.send(`mutation { upsertICP(input: { externalUserId: "demo-user" }) { userErrors { code } } }`);
    await app.restart();
    const { data } = await app.query(SavedProfiles);
    expect(data.icps.nodes).toMatchObject([{ externalUserId: "demo-user", companies: { industries: [] } }]);
  });

  it("is not there for the real providers", async () => {
    await start({ providers: ["SURFE"], env: { SANDBOX: "off" } });
    expect((await app.query(SavedProfiles)).data.icps.nodes).toEqual([]);
    expect((await change({ provider: "SURFE", nextDay: true })).status).toBe(404);
  });
});

describe("a sandbox that was started again", () => {
  const lookalikes = async (first: number, after: string | null = null) => {
    const { data } = await app.query(LookalikesInSandbox, { first, after });
    const { nodes, pageInfo, issues } = present(data.similarCompanies);
    expect(issues).toEqual([]);
    return { names: nodes.map(({ company }) => company?.name), endCursor: pageInfo.endCursor ?? null };
  };

  it("goes on with Lusha's old lists as if their sets had expired: no row is missed, none comes twice", async () => {
    await start();
    const { names } = await lookalikes(24);
    await app.stop();

    await start({ databasePath: join(folder, "sandbox.db") });
    const before = await lookalikes(7);
    await app.restart();
    await app.send(`{ similarCompanies(companies: [{ lushaCompanyId: "6578" }], first: 7) { nodes { id } } }`); // another set
    const middle = await lookalikes(8, before.endCursor);
    await app.restart();
    const after = await lookalikes(9, middle.endCursor);
    expect([...before.names, ...middle.names, ...after.names]).toEqual(names);
  });
});

describe("simulators that fail", () => {
  it("do so from the start on, as SANDBOX_FAIL tells, until they are told to work", async () => {
    await start({ env: { SANDBOX_FAIL: "LUSHA,LETRICS:402", SANDBOX_LATENCY_MS: "1" } });
    const first = await page(4);
    expect(first.nodes.map(({ provider }) => provider)).toEqual(["SURFE", "SURFE", "SURFE", "SURFE"]);
    expect(first.issues).toEqual([
      { provider: "LUSHA", code: "PROVIDER_UNAVAILABLE" },
      { provider: "LETRICS", code: "PROVIDER_CREDITS_EXHAUSTED" },
    ]);

    const states = await change({ provider: "LUSHA", slow: false, status: null });
    expect(states).toEqual({
      status: 200,
      body: {
        simulators: [
          { provider: "SURFE", slow: false, status: null, hasDays: true },
          { provider: "LUSHA", slow: false, status: null, hasDays: false },
          { provider: "LINKUP", slow: false, status: null, hasDays: false },
          { provider: "LETRICS", slow: false, status: 402, hasDays: false },
        ],
      },
    });
    expect(await page(4)).toEqual({ ...first, issues: [] }); // recorded: nobody is asked
    const second = await page(3, { after: first.pageInfo.endCursor ?? null });
    expect(second.nodes.map(({ provider }) => provider)).toEqual(["LUSHA", "LUSHA", "SURFE"]);
    expect(second.issues).toEqual([{ provider: "LETRICS", code: "PROVIDER_CREDITS_EXHAUSTED" }]);
  });

  it("are out of credits or on another day where the panel says so, and what is recorded is served meanwhile", async () => {
    await start();
    const today = await page(3, { providers: ["SURFE"] });
    expect((await change({ provider: "SURFE", nextDay: true })).status).toBe(200);
    const tomorrow = await page(3, { providers: ["SURFE"], after: today.pageInfo.endCursor ?? null });
    await change({ provider: "SURFE", slow: false, status: 402 });
    const whole = await page(8, { providers: ["SURFE"] });
    expect(whole.nodes.slice(0, 6)).toEqual([...today.nodes, ...tomorrow.nodes]);
    expect(new Set(whole.nodes.map((node) => told(node)[0])).size).toBe(whole.nodes.length);
    expect(whole.issues).toEqual([{ provider: "SURFE", code: "PROVIDER_CREDITS_EXHAUSTED" }]);
  });

  it("are nobody's to spoil where others than this machine can ask", async () => {
    await start({ env: { HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true" } });
    expect((await change({ provider: "SURFE", nextDay: true })).status).toBe(404);
    expect((await fetch(new URL("/sandbox", app.url))).status).toBe(404);
  });
});
