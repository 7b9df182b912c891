import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { join } from "node:path";
import { PROVIDER_NAMES, PROVIDERS, type Provider } from "../../src/domain/provider";
import type { Simulator } from "../../src/sandbox/simulator/simulator";
import { openDatabase } from "../../src/store/open-database";
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from "../providers/http/loopback-certificate";
import { query } from "../support/database";
import { temporaryFolder } from "../support/server-process";
import { startTestApp, type Answer, type TestApp } from "../support/test-app";
import { FAULT_TABLE, SPOILT_TABLE, type Body } from "./fault-table";

const NOON = new Date("2026-11-20T12:00:00.000Z");

/** The field that asks each provider, how many rows each of its two pages takes, and another provider's field beside it. */
const ASKED = {
  SURFE: { field: `recommendations(externalUserId: "u1", first: $first)`, sizes: [3, 5], beside: "LETRICS" },
  LUSHA: {
    field: `similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: $first)`,
    sizes: [5, 8],
    beside: "LETRICS",
  },
  LINKUP: { field: "networkRecommendations(first: $first)", sizes: [10, 12], beside: "LETRICS" },
  LETRICS: { field: "companies(first: $first)", sizes: [25, 30], beside: "LUSHA" },
} as const;

const BESIDE = {
  LETRICS: "beside: companies(first: 1) { nodes { id } }",
  LUSHA: `beside: similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 1) { nodes { id } }`,
} as const;

interface Page {
  readonly issues: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean };
  readonly edges: readonly unknown[];
}

interface Data {
  readonly page: Page | null;
  readonly beside: { readonly nodes: readonly unknown[] };
}

let app: TestApp;
let folder: ReturnType<typeof temporaryFolder>;
let resetting: Server;
let untrusted: Server;
let closedPort: number;

/** One server that resets whoever connects, one whose certificate nobody trusts, and a port on which nobody listens. */
beforeAll(async () => {
  resetting = createServer((socket) => socket.resetAndDestroy());
  await new Promise<void>((resolve) => resetting.listen(0, "127.0.0.1", resolve));
  untrusted = createTlsServer({ key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE });
  await new Promise<void>((resolve) => untrusted.listen(0, "127.0.0.1", resolve));
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
  closedPort = portOf(closed);
  await new Promise((resolve) => closed.close(resolve));
});
afterAll(() => Promise.all([resetting, untrusted].map((server) => new Promise((resolve) => server.close(resolve)))));
afterEach(async () => {
  await app.stop();
  folder.remove();
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function start(provider: Provider, timeoutMs: number | undefined): Promise<void> {
  folder = temporaryFolder();
  app = await startTestApp({
    providers: [provider, ASKED[provider].beside],
    surfe: { companies: 60 },
    lusha: { companies: 200 },
    linkup: { companies: 60 },
    letrics: { companies: 100 },
    databasePath: join(folder.path, "faults.db"),
    now: () => NOON,
    env: timeoutMs === undefined ? {} : { [`${provider}_TIMEOUT_MS`]: String(timeoutMs) },
  });
  if (provider === "SURFE") await app.send(`mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`);
  simulatorOf(provider).control.clearCalls();
}

function simulatorOf(provider: Provider): Simulator {
  return { SURFE: () => app.surfe, LUSHA: () => app.lusha, LINKUP: () => app.linkup, LETRICS: () => app.letrics }[
    provider
  ]();
}

function read(provider: Provider, first: number): Promise<Answer<Data>> {
  const { field, beside } = ASKED[provider];
  const text = `query ($first: Int) {
    page: ${field} { issues { provider code message retryAfter } pageInfo { hasNextPage } edges { cursor node { id } } }
    ${BESIDE[beside]}
  }`;
  return app.send(text, { first }) as Promise<Answer<Data>>;
}

async function statusOf(provider: Provider) {
  const { data } = await app.send("{ providers { provider circuit creditsSpent lastErrorCode } }");
  const { providers } = data as { readonly providers: readonly { provider: string; creditsSpent: number }[] };
  return providers.find((one) => one.provider === provider);
}

/** How many calls have ended of which nobody can tell what they cost. */
async function unsettledCalls(): Promise<number> {
  const database = await openDatabase(join(folder.path, "faults.db"));
  const calls = await query(
    database,
    "select id from provider_call where settled_at is null and outcome is not null and reserved_credits > 0",
  );
  await database.destroy();
  return calls.length;
}

describe.each(PROVIDERS)("%s", (provider) => {
  it.each(SPOILT_TABLE)("that answers with $name is served, and what is missing is told", async (row) => {
    const { calls, credits, rows } = row.outcomes[provider];
    const { message } = row;
    await start(provider, undefined);
    const { control } = simulatorOf(provider);
    control.failNext({
      kind: "altered",
      alter: (answer) => ({ ...answer, body: row.alter(provider, answer.body as Body) }),
    });
    const { data, errors } = await read(provider, rows);
    expect(errors).toBeUndefined();
    expect(data.page?.edges).toHaveLength(rows);
    expect(data.page?.issues).toEqual(
      message === null
        ? []
        : [{ provider, code: "PROVIDER_BAD_RESPONSE", message: expect.stringContaining(message), retryAfter: null }],
    );
    expect(control.calls()).toHaveLength(calls);
    expect(await statusOf(provider)).toMatchObject({ creditsSpent: credits, lastErrorCode: null });
    const again = await read(provider, rows);
    expect(again.data).toEqual({ ...data, page: { ...data.page, issues: [] } });
    expect(control.calls()).toHaveLength(calls);
  });

  it.each(FAULT_TABLE)("that answers with $name costs its own rows only, and is asked again", async (row) => {
    const { code, retryable, calls, credits, unsettled = false, callsGoingOn = calls } = row.outcomes[provider];
    const [some, more] = ASKED[provider].sizes;
    await start(provider, row.timeoutMs);
    const { url, control } = simulatorOf(provider);
    const fault = row.fault(provider);
    // At another address Surfe knows no profile: it is sent there first.
    const callsAfter = provider === "SURFE" && typeof fault === "string" ? 2 : 1;
    const spoil = async (): Promise<void> => {
      control.clearCalls();
      if (typeof fault !== "string") control.failAlways(fault);
      else
        await app.restart({
          [`${provider}_BASE_URL`]: {
            refused: `http://127.0.0.1:${closedPort}`,
            handshake: `https://127.0.0.1:${portOf(resetting)}`,
            certificate: `https://127.0.0.1:${portOf(untrusted)}`,
          }[fault],
        });
    };
    const mend = async (): Promise<void> => {
      control.clearCalls();
      if (typeof fault === "string") await app.restart({ [`${provider}_BASE_URL`]: url });
      else control.failAlways(null);
    };
    const { retryAfter } = row;
    const issue = { provider, code, message: expect.stringContaining(PROVIDER_NAMES[provider]), retryAfter };

    await spoil();
    expect(await read(provider, some)).toEqual({
      status: 200,
      data: { page: null, beside: { nodes: [{ id: expect.any(String) }] } },
      errors: [
        {
          message: expect.stringContaining(PROVIDER_NAMES[provider]),
          locations: expect.any(Array),
          path: ["page"],
          extensions: { code, provider, retryable, ...(retryAfter ? { retryAfter } : {}), issues: [issue] },
        },
      ],
    });
    expect(control.calls()).toHaveLength(calls);
    expect(await unsettledCalls()).toBe(unsettled ? 1 : 0);
    expect(await statusOf(provider)).toEqual({
      provider,
      circuit: "CLOSED",
      creditsSpent: credits,
      lastErrorCode: code,
    });

    await mend();
    const recorded = await read(provider, some);
    expect(recorded.errors).toBeUndefined();
    expect(recorded.data.page).toMatchObject({ issues: [] });
    expect(recorded.data.page?.edges).toHaveLength(some);
    expect(control.calls()).toHaveLength(callsAfter);
    const spent = (await statusOf(provider))?.creditsSpent;

    await spoil();
    expect(await read(provider, more)).toEqual({
      status: 200,
      data: {
        page: { issues: [issue], pageInfo: { hasNextPage: true }, edges: recorded.data.page?.edges },
        beside: recorded.data.beside,
      },
    });
    expect(control.calls()).toHaveLength(callsGoingOn);
    expect((await statusOf(provider))?.creditsSpent).toBe((spent ?? 0) + credits);
    expect((await read(provider, some)).data).toEqual(recorded.data);
    expect(control.calls()).toHaveLength(callsGoingOn);

    await mend();
    const whole = await read(provider, more);
    expect(whole.data.page).toMatchObject({ issues: [] });
    expect(whole.data.page?.edges).toHaveLength(more);
    expect(whole.data.page?.edges.slice(0, some)).toEqual(recorded.data.page?.edges);
    expect(control.calls()).toHaveLength(callsAfter);
  });
});
