import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startTcpProxy, type TcpProxy } from "../../support/postgres/tcp-proxy";
import { startTestApp, type Answer, type TestApp } from "../../support/test-app";
import { newPostgresUrl } from "../../support/test-database";

const PROCESSES = 3;

interface Errors {
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly retryAfter?: string | null } }[];
}

let proxy: TcpProxy;
let databaseUrl: string;
let now: Date;
let apps: readonly TestApp[];

beforeEach(async () => {
  now = new Date("2026-11-20T12:00:00.000Z");
  databaseUrl = await newPostgresUrl();
  proxy = await startTcpProxy(databaseUrl);
});

afterEach(async () => {
  for (const app of apps.toReversed()) await app.stop();
  await proxy.cut();
});

/** Starts processes on one database, which all call the simulators of the first. The first reaches the database by the proxy. */
async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  const options = { providers: ["SURFE", "LUSHA"], losesAnswers: true, now: () => now } as const;
  const first = await startTestApp({ ...options, databaseUrl: proxy.url, env });
  const addresses = { SURFE_BASE_URL: first.surfe.url, LUSHA_BASE_URL: first.lusha.url };
  apps = [first];
  for (let nth = 1; nth < PROCESSES; nth++)
    apps = [...apps, await startTestApp({ ...options, databaseUrl, env: { ...env, ...addresses } })];
}

function appOf(nth: number): TestApp {
  const app = apps[nth % PROCESSES];
  if (!app) throw new Error("start the processes first");
  return app;
}

/** Asks one process for another list of Lusha each time. @returns the code of the failure; `OK` where there is none. */
async function ask(nth: number): Promise<string> {
  const text = `{ similarCompanies(companies: [{ lushaCompanyId: "${6504 + nth}" }], first: 5) { nodes { id } } }`;
  const { errors } = (await appOf(nth).send(text)) as Answer<unknown> & Errors;
  return errors?.map(({ extensions }) => extensions.code).join() ?? "OK";
}

async function circuits(): Promise<readonly unknown[]> {
  const answers = await Promise.all(apps.map((app) => app.send("{ providers { provider circuit } }")));
  return answers.map(({ data }) => {
    const { providers } = data as { readonly providers: readonly { provider: string; circuit: string }[] };
    return providers.find(({ provider }) => provider === "LUSHA")?.circuit;
  });
}

describe("several processes on one PostgreSQL", () => {
  it("open one circuit breaker together, and send one probe", async () => {
    await start();
    const { control } = appOf(0).lusha;
    control.failAlways({ kind: "status", status: 503 });
    const failed = [];
    for (let nth = 0; nth < 7; nth++) failed.push(await ask(nth));
    expect(failed).toEqual(Array.from({ length: 7 }, () => "PROVIDER_UNAVAILABLE"));
    expect(control.calls()).toHaveLength(5);
    expect(await circuits()).toEqual(["OPEN", "OPEN", "OPEN"]);
    now = new Date(now.getTime() + 10_000);
    await Promise.all([ask(7), ask(8), ask(9)]);
    expect(control.calls()).toHaveLength(6);
    control.failAlways(null);
    now = new Date(now.getTime() + 10_000);
    expect(await Promise.all([ask(10), ask(11), ask(12)])).toEqual(["OK", "OK", "OK"]);
    expect(control.calls()).toHaveLength(9);
  });

  it("make no more calls together than the limiter lets through", async () => {
    await start({ LUSHA_RATE_PER_SECOND: "0.01", LUSHA_BURST: "4", LUSHA_TIMEOUT_MS: "20000" });
    const asked = await Promise.all(Array.from({ length: 9 }, (_, nth) => ask(nth)));
    expect([...asked].sort()).toEqual([
      ...Array.from({ length: 4 }, () => "OK"),
      ...Array.from({ length: 5 }, () => "PROVIDER_RATE_LIMITED"),
    ]);
    expect(appOf(0).lusha.control.calls()).toHaveLength(4);
  });

  it("all keep to the limits that Lusha told one of them", async () => {
    await start();
    const { control } = appOf(0).lusha;
    control.failNext({
      kind: "altered",
      alter: (answer) => ({ ...answer, headers: { ...answer.headers, "x-minute-requests-left": "0" } }),
    });
    expect([await ask(0), await ask(1), await ask(2)]).toEqual([
      "OK",
      "PROVIDER_RATE_LIMITED",
      "PROVIDER_RATE_LIMITED",
    ]);
    now = new Date(now.getTime() + 60_000);
    expect(await ask(1)).toBe("OK");
    expect(control.calls()).toHaveLength(2);
  });

  it("make no statement for a recorded page that is in memory", async () => {
    await start();
    await appOf(0).send("mutation { upsertICP(input: {}) { icp { id } } }");
    const page = "{ recommendations(first: 10) { nodes { id } pageInfo { endCursor hasNextPage } } }";
    const first = await appOf(0).send(page);
    const before = proxy.sent();
    for (let nth = 0; nth < 20; nth++) expect(await appOf(0).send(page)).toEqual(first);
    expect(proxy.sent()).toBe(before);
  });
});
