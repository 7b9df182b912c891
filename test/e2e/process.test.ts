import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { print } from "graphql";
import { startSurfeSimulator, type SurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";
import { openDatabase } from "../../src/store/open-database";
import { query } from "../support/database";
import { startProcess, temporaryFolder, type ServerProcess } from "../support/server-process";
import { callsOf, type Answer, type TypedDocument } from "../support/test-app";
import { graphql } from "./documents";

const SaveOne = graphql(`
  mutation SaveOne {
    upsertICP(input: { externalUserId: "u1" }) {
      icp {
        externalUserId
      }
      userErrors {
        message
      }
    }
  }
`);

const Rows = graphql(`
  query Rows($first: Int, $after: String) {
    recommendations(externalUserId: "u1", first: $first, after: $after) {
      totalCount
      issues {
        code
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        endCursor
      }
      nodes {
        company {
          domain
          people {
            totalCount
          }
        }
      }
    }
  }
`);

const Spent = graphql(`
  query Spent {
    providers {
      provider
      creditsSpent
    }
  }
`);

interface PageOf {
  readonly totalCount: number | null;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly endCursor: string | null | undefined;
  readonly rows: readonly (readonly [domain: string, people: number])[];
}

/** The whole answer that `Rows` gives for such a page. */
function pageOf({ totalCount, rows, ...pageInfo }: PageOf) {
  const nodes = rows.map(([domain, people]) => ({ company: { domain, people: { totalCount: people } } }));
  return { status: 200, data: { recommendations: { totalCount, issues: [], pageInfo, nodes } } };
}

const READY = /ready at (http:\S+?)"/;
const FETCH = "/v2/recommendations/fetch";

let folder: ReturnType<typeof temporaryFolder>;
let surfe: SurfeSimulator;
let servers: ServerProcess[];

beforeEach(async () => {
  folder = temporaryFolder();
  surfe = await startSurfeSimulator({ companies: 6, rateLimit: null });
  servers = [];
});

afterEach(async () => {
  for (const server of servers) server.kill("SIGKILL");
  await Promise.all(servers.map(({ exited }) => exited));
  await surfe.close();
  folder.remove();
});

function start(env: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = startProcess(folder.path, {
    DATABASE_URL: "file:./data/tributary.db",
    SURFE_API_KEY: "sandbox",
    SURFE_BASE_URL: surfe.url,
    ...env,
  });
  servers.push(server);
  return server;
}

async function ask<Data, Variables extends object>(
  url: string,
  document: TypedDocument<Data, Variables>,
  variables?: Variables,
): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as Omit<Answer<Data>, "status">;
  return { status: response.status, data, ...(errors ? { errors } : {}) };
}

/** How every call in the ledger ended, oldest first. */
async function outcomes(): Promise<readonly unknown[]> {
  const database = await openDatabase(join(folder.path, "data/tributary.db"));
  const rows = await query(database, "select outcome from provider_call order by started_at");
  await database.destroy();
  return rows.map(({ outcome }) => outcome);
}

/** A promise, and what settles it. */
function gate(): { readonly until: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const until = new Promise<void>((resolve) => (open = resolve));
  return { until, open };
}

describe("a server killed in the middle of a fetch", () => {
  it("goes on where its record ends: cursors hold, rows are complete, nothing is bought twice", async () => {
    const first = start();
    const url = await first.printed(READY);
    await ask(url, SaveOne);
    const page = await ask(url, Rows, { first: 2 });
    const after = page.data.recommendations?.pageInfo.endCursor ?? null;
    surfe.control.failNext({ kind: "hold", until: new Promise(() => undefined), path: FETCH });
    const lost = expect(ask(url, Rows, { first: 2, after })).rejects.toThrow("fetch failed");
    await surfe.control.whenCalled(3);
    first.kill("SIGKILL");
    await lost;
    expect((await first.exited).signal).toBe("SIGKILL");

    const again = await start().printed(READY);
    expect(page).toEqual(
      pageOf({
        totalCount: null,
        hasNextPage: true,
        hasPreviousPage: false,
        endCursor: after,
        rows: [
          ["surfe.com", 1],
          ["canopypharma.com", 6],
        ],
      }),
    );
    expect(await ask(again, Rows, { first: 2 })).toEqual(page);
    const rest = await ask(again, Rows, { first: 4, after });
    expect(rest).toEqual(
      pageOf({
        totalCount: 6,
        hasNextPage: false,
        hasPreviousPage: true,
        endCursor: rest.data.recommendations?.pageInfo.endCursor,
        rows: [
          ["orchardbuilders.de", 7],
          ["evergreentelecom.ai", 5],
          ["jasperstores.co", 1],
          ["ashfordtrust.com", 8],
        ],
      }),
    );
    expect(callsOf(surfe)).toEqual(["icp", "fetch 0-2", "fetch 1-4", "fetch 1-6"]);
    expect(surfe.control.charged()).toBe(6);
    expect((await ask(again, Spent)).data.providers[0]).toEqual({ provider: "SURFE", creditsSpent: 6 });
    expect(await outcomes()).toEqual(["OK", "OK", "PROVIDER_OUTCOME_UNKNOWN", "OK"]);
  });

  it("goes on where nothing was recorded yet", async () => {
    const first = start();
    const url = await first.printed(READY);
    await ask(url, SaveOne);
    surfe.control.failNext({ kind: "hold", until: new Promise(() => undefined), path: FETCH });
    const lost = expect(ask(url, Rows, { first: 6 })).rejects.toThrow("fetch failed");
    await surfe.control.whenCalled(2);
    first.kill("SIGKILL");
    await lost;
    await first.exited;
    const again = await start().printed(READY);
    const page = await ask(again, Rows, { first: 6 });
    expect(page.data.recommendations?.nodes.map(({ company }) => company?.domain)).toEqual([
      "surfe.com",
      "canopypharma.com",
      "orchardbuilders.de",
      "evergreentelecom.ai",
      "jasperstores.co",
      "ashfordtrust.com",
    ]);
    expect(callsOf(surfe)).toEqual(["icp", "fetch 0-6", "fetch 0-6"]);
    expect((await ask(again, Spent)).data.providers[0]).toEqual({ provider: "SURFE", creditsSpent: 6 });
  });
});

describe("fifty equal operations at once", () => {
  it("make one provider call together, and none when asked again", async () => {
    const url = await start().printed(READY);
    await ask(url, SaveOne);
    const held = gate();
    surfe.control.failNext({ kind: "hold", until: held.until, path: FETCH });
    const cold = Array.from({ length: 50 }, () => ask(url, Rows, { first: 6 }));
    await surfe.control.whenCalled(2);
    held.open();
    const answers = await Promise.all(cold);
    const whole = pageOf({
      totalCount: 6,
      hasNextPage: false,
      hasPreviousPage: false,
      endCursor: answers[0]?.data.recommendations?.pageInfo.endCursor,
      rows: [
        ["surfe.com", 1],
        ["canopypharma.com", 6],
        ["orchardbuilders.de", 7],
        ["evergreentelecom.ai", 5],
        ["jasperstores.co", 1],
        ["ashfordtrust.com", 8],
      ],
    });
    expect(answers).toEqual(Array.from({ length: 50 }, () => whole));
    const warm = await Promise.all(Array.from({ length: 50 }, () => ask(url, Rows, { first: 6 })));
    expect(warm).toEqual(answers);
    expect(callsOf(surfe)).toEqual(["icp", "fetch 0-6"]);
  });
});

describe("a server told to stop", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("finishes on %s what is under way, and ends with 0", async (signal) => {
    const server = start();
    const url = await server.printed(READY);
    await ask(url, SaveOne);
    const held = gate();
    surfe.control.failNext({ kind: "hold", until: held.until, path: FETCH });
    const underWay = ask(url, Rows, { first: 2 });
    await surfe.control.whenCalled(2);
    server.kill(signal);
    await server.printed(/stopping on (\w+)/);
    held.open();
    const answer = await underWay;
    expect(answer).toEqual(
      pageOf({
        totalCount: null,
        hasNextPage: true,
        hasPreviousPage: false,
        endCursor: answer.data.recommendations?.pageInfo.endCursor,
        rows: [
          ["surfe.com", 1],
          ["canopypharma.com", 6],
        ],
      }),
    );
    const { code, stderr } = await server.exited;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await outcomes()).toEqual(["OK", "OK"]);
  });

  it("does not wait for connections that bring no request", async () => {
    const server = start();
    const { hostname, port } = new URL(await server.printed(READY));
    const silent = connect(Number(port), hostname);
    await once(silent, "connect");
    const closed = once(silent, "close");
    server.kill("SIGTERM");
    expect((await server.exited).code).toBe(0);
    await closed;
  });

  it("records what a caller who left had asked for", async () => {
    const server = start();
    const url = await server.printed(READY);
    await ask(url, SaveOne);
    const held = gate();
    surfe.control.failNext({ kind: "hold", until: held.until, path: FETCH });
    const leaving = new AbortController();
    const left = expect(
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: print(Rows), variables: { first: 2 } }),
        signal: leaving.signal,
      }),
    ).rejects.toThrow("This operation was aborted");
    await surfe.control.whenCalled(2);
    leaving.abort();
    await left;
    server.kill("SIGTERM");
    await server.printed(/stopping on (\w+)/);
    held.open();
    expect((await server.exited).code).toBe(0);
    const again = await start().printed(READY);
    const page = await ask(again, Rows, { first: 2 });
    expect(page.data.recommendations?.nodes.map(({ company }) => company?.domain)).toEqual([
      "surfe.com",
      "canopypharma.com",
    ]);
    expect(callsOf(surfe)).toEqual(["icp", "fetch 0-2"]);
  });
});

describe("a server that starts", () => {
  it("prints the address with the port it took, and answers there", async () => {
    const url = await start().printed(READY);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/graphql$/);
    for (const [path, body] of [
      ["/healthz", { status: "up" }],
      ["/readyz", { status: "ready" }],
    ] as const) {
      const response = await fetch(new URL(path, url));
      expect([response.status, await response.json()]).toEqual([200, body]);
    }
  });

  it("logs neither key nor secret, also when the provider refuses", async () => {
    const key = "sk-0123456789-never-to-be-seen";
    const secret = Buffer.alloc(32, 7).toString("base64");
    const server = start({ SURFE_API_KEY: key, CURSOR_SECRET: secret, LOG_LEVEL: "trace" });
    const url = await server.printed(READY);
    await ask(url, SaveOne);
    const answer = await ask(url, Rows, { first: 1 });
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(["PROVIDER_CREDENTIALS_REJECTED"]);
    expect(JSON.stringify(answer)).not.toContain(key);
    server.kill("SIGTERM");
    const { code, stdout, stderr } = await server.exited;
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(key);
    expect(stdout + stderr).not.toContain(secret);
  });

  it("refuses a bad configuration with one message that lists every problem and no value", async () => {
    const server = start({
      HOST: "0.0.0.0",
      PORT: "99999",
      SANDBOX: "perhaps",
      CURSOR_SECRET: "dG9vLXNob3J0",
      LETRICS_API_KEY: "sk-letrics-secret",
      SURFE_MAX_WINDOW: "1",
    });
    expect(await server.exited).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr: `bad configuration:
  PORT: takes a whole number, from 0 to 65535
  SANDBOX: takes auto, on or off
  CURSOR_SECRET: takes one or more secrets separated by commas, each at least 32 bytes in base64
  SURFE_MAX_WINDOW: takes a whole number, 2 or more
  HOST: takes 127.0.0.0/8, ::1 or localhost while AUTH is none, unless ALLOW_ANONYMOUS=true
  LETRICS_BASE_URL: is needed with LETRICS_API_KEY: this provider has no public base URL
`,
    });
  });
});
