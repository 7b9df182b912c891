import { setTimeout } from "node:timers/promises";
import { PROVIDERS } from "../../src/domain/provider";
import { startTestApp, type TestApp } from "./test-app";

/**
 * Two servers over simulators of their own that are asked the same: one runs what it can with our executor, the other
 * nothing.
 */
export interface ExecutorPair {
  readonly apps: readonly [own: TestApp, reference: TestApp];
  /** Sends one body to both. @throws {Error} where the answers or the provider calls differ. */
  compare(body: string, headers?: Headers): Promise<{ readonly answer: string; readonly calls: readonly string[] }>;
  stop(): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

export interface ExecutorPairOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Credentials of a caller that may save profiles of any user. */
  readonly headers?: Headers;
}

/** The time at both servers. */
export const PAIR_NOW = new Date("2026-11-20T08:00:00.000Z");

const SAVE = `mutation ($user: String, $companies: ICPCompanyCriteriaInput, $examples: [CompanyReferenceInput!]) {
  upsertICP(input: { externalUserId: $user, companies: $companies, exampleCompanies: $examples }) { userErrors { message } }
}`;

export async function startExecutorPair({ env = {}, headers }: ExecutorPairOptions = {}): Promise<ExecutorPair> {
  const options = { providers: PROVIDERS, env, now: () => PAIR_NOW };
  const own = await startTestApp({ ...options, losesAnswers: true, executor: "own" });
  const reference = await startTestApp({ ...options, losesAnswers: true, executor: "graphql-js" });
  for (const app of [own, reference]) {
    const companies = { industries: ["Software"], primaryLocations: ["FR"] };
    await app.send(SAVE, { user: "u1", companies, examples: [{ lushaCompanyId: "6504" }] }, headers);
    await app.send(SAVE, { user: "u2", companies: {} }, headers);
  }
  const seen = [new Map<string, number>(), new Map<string, number>()] as const;
  return {
    apps: [own, reference],
    compare: async (body, sent = {}) => {
      const [made, expected] = await Promise.all([ask(own, body, sent), ask(reference, body, sent)]);
      if (withoutRandom(made) !== withoutRandom(expected)) throw new Error(`${body}\n${made}\n${expected}`);
      return { answer: made, calls: await equalCalls(body, [own, seen[0]], [reference, seen[1]]) };
    },
    stop: async () => {
      await own.stop();
      await reference.stop();
    },
  };
}

async function ask({ url }: TestApp, body: string, sent: Headers): Promise<string> {
  const headers = { "content-type": "application/json", ...sent };
  const response = await fetch(url, { method: "POST", headers, body });
  return `${String(response.status)} ${await response.text()}`;
}

/** Cursors, and ids of what has random ones, by the order in which they come: the servers draw different ones. */
function withoutRandom(text: string): string {
  const names = new Map<string, string>();
  return text.replace(/(?<![\w-])(?:A[Q-Za-f][\w-]{42}|UmVjb21tZW5kYXRpb246[\w-]+|SUNQO[\w-]+)(?![\w-])/g, (found) => {
    const name = names.get(found) ?? `<${String(names.size)}>`;
    names.set(found, name);
    return name;
  });
}

/** A server, and how many calls of each simulator were compared before. */
type Asked = readonly [app: TestApp, seen: Map<string, number>];

/** How long calls that were begun before the answer may take to arrive at their simulator. */
const ARRIVAL_MS = 5_000;

/**
 * The calls that both made. A field whose error answers the operation at once leaves calls of other fields on their way:
 * they arrive before or after the answer, so that a difference is one only where it stays.
 */
async function equalCalls(body: string, own: Asked, reference: Asked): Promise<readonly string[]> {
  const deadline = Date.now() + ARRIVAL_MS;
  for (;;) {
    const [made, expected] = [callsSince(...own), callsSince(...reference)];
    if (made.join("\n") === expected.join("\n")) {
      for (const [app, seen] of [own, reference]) {
        for (const [name, calls] of callsOf(app)) seen.set(name, calls.length);
      }
      return made;
    }
    if (Date.now() > deadline) throw new Error(`${body}\n${made.join("\n")}\n---\n${expected.join("\n")}`);
    await setTimeout(5);
  }
}

type Calls = ReturnType<TestApp["surfe"]["control"]["calls"]>;

function callsOf({ surfe, lusha, linkup, letrics }: TestApp): readonly (readonly [name: string, calls: Calls])[] {
  return Object.entries({ surfe, lusha, linkup, letrics }).map(([name, { control }]) => [name, control.calls()]);
}

/** What each simulator was asked since the last time, in no set order. */
function callsSince(app: TestApp, seen: ReadonlyMap<string, number>): readonly string[] {
  return callsOf(app).flatMap(([name, calls]) =>
    calls
      .slice(seen.get(name) ?? 0)
      .map(
        ({ path, body }) => `${path} ${JSON.stringify(body ?? null).replace(/"requestId":"[^"]*"/, '"requestId":"…"')}`,
      )
      .sort(),
  );
}
