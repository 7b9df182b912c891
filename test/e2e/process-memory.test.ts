import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startProcess, temporaryFolder, type ServerProcess } from "../support/server-process";

// What a server keeps of requests is bounded by bytes, not by how many there are.

const HEAP_MB = 128;
const LARGE = "x".repeat(252_000);
const AT_ONCE = 8;

let folder: ReturnType<typeof temporaryFolder>;
let server: ServerProcess;
let url: string;

beforeEach(async () => {
  folder = temporaryFolder();
  const env = { SANDBOX: "on", NODE_OPTIONS: `--max-old-space-size=${String(HEAP_MB)}`, LOG_LEVEL: "info" };
  server = startProcess(folder.path, env);
  url = await server.printed(/ready at (http:\S+?)"/);
});

afterEach(async () => {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
});

async function ask(body: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return response.json();
}

/** Sends `count` requests, some at a time. @returns the different answers. */
async function askMany(count: number, bodyOf: (nth: number) => object): Promise<ReadonlySet<string>> {
  const answers = new Set<string>();
  const waiting = Array.from({ length: count }, (_, nth) => nth);
  const work = async (): Promise<void> => {
    for (let nth = waiting.pop(); nth !== undefined; nth = waiting.pop())
      answers.add(JSON.stringify(await ask(bodyOf(nth))));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

const FIELDS = Array.from({ length: 50 }, (_, at) => `f${String(at)}: totalCount`);
const spelled = (space: string): string => `query Spelled {${space}icps {${space}${FIELDS.join(space)} } }`;

describe(`a server with a heap of ${String(HEAP_MB)} MB`, () => {
  it.each([
    [
      "400 large variables that nobody declares",
      400,
      (nth: number) => ({ query: spelled(" "), variables: { [`v${String(nth)}`]: LARGE } }),
    ],
    [
      "400 large texts of one operation",
      400,
      (nth: number) => ({ query: `# ${String(nth)} ${LARGE}\n${spelled(" ")}` }),
    ],
    ["2,000 spellings of one operation", 2_000, (nth: number) => ({ query: spelled(` #${String(nth)}\n`) })],
    ["2,000 operations", 2_000, (nth: number) => ({ query: spelled(" ").replace("Spelled", `Named${String(nth)}`) })],
  ])(
    "keeps so much of %s that it goes on answering",
    async (_, count, bodyOf) => {
      const answers = await askMany(count, bodyOf);
      const whole = {
        data: { icps: Object.fromEntries(FIELDS.map((field) => [field.replace(": totalCount", ""), 1])) },
      };
      expect([...answers]).toEqual([JSON.stringify(whole)]);
      expect(await ask({ query: spelled(" ") })).toEqual(whole);
    },
    120_000,
  );
});
