// What tracing costs recorded pages: two servers without it, which shows what the measurement itself varies by, one that has tracing
// and samples nothing, and one that sends 1 % of its traces to a collector on loopback. Processes of the same program differ by up to
// 20 %, by what their compiler happened to do first, so every round starts new ones, each over a copy of the record. All of them have
// called a provider before: the first request that a process itself sends makes Node's code for sockets slower for good, and that is
// no cost of tracing. Run it after `npm run build:server`; `--rounds 20` measures longer. Prints processor time per request: other
// programs' load is not in it.
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "./measure.mjs";
import { startProvider } from "./provider.mjs";
import { askText } from "./query.mjs";
import { fillRecord } from "./record.mjs";
import { CONTENDERS, withServer } from "./servers.mjs";
import { walkPages } from "./walk.mjs";

/** @typedef {"off" | "offAgain" | "unsampled" | "sampled"} Kind */

const given = process.argv.indexOf("--rounds");
const ROUNDS = given === -1 ? 10 : Number(process.argv[given + 1]);
const TURNS = 4;
const ROWS = 400;
const CALLS = 200;
const SAVE = "mutation ($user: String) { upsertICP(input: { externalUserId: $user }) { icp { id } } }";
const PAGES = { first: 25, pages: 8 };
const PHASES = { warmMs: 100, measureMs: 800 };
const KINDS = /** @type {const} */ (["off", "sampled", "offAgain", "unsampled"]);

const directory = mkdtempSync(join(tmpdir(), "tributary-tracing-"));
/** @type {Map<Kind, string[]>} */
const bodiesOf = new Map();
let received = 0;
const collector = createServer((request, response) => {
  received += 1;
  request.resume().once("end", () => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
}).listen(0, "127.0.0.1");
await once(collector, "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (collector.address());

/** Of each round, the least that a request took in a turn. @type {Record<Kind, number[]>} */
const cpuMs = { off: [], offAgain: [], unsampled: [], sampled: [] };
/** @param {string} share */
const sampling = (share) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
  OTEL_TRACES_SAMPLER_ARG: share,
});
/** @type {Record<Kind, Record<string, string>>} */
const settings = { off: {}, offAgain: {}, unsampled: sampling("0"), sampled: sampling("0.01") };

const provider = await startProvider(ROWS);

try {
  const { env: recorded } = await fillRecord(directory, ROWS);
  const env = { ...recorded, SURFE_BASE_URL: provider.url };
  const files = readdirSync(directory).filter((name) => name.startsWith("tributary.db"));
  for (let round = 0; round < ROUNDS; round += 1) {
    // Each round begins with another one: whoever comes first finds the machine as the one before left it.
    const order = KINDS.map((_, nth) => /** @type {Kind} */ (KINDS[(nth + round) % KINDS.length]));
    await withServers(order, env, files, (servers) => measureRound(order, servers));
    console.log(`Round ${round + 1} of ${ROUNDS}`);
  }
  report();
} finally {
  collector.close();
  provider.close();
  rmSync(directory, { recursive: true, force: true });
}

/**
 * Starts a server of each kind.
 *
 * @param {readonly Kind[]} kinds
 * @param {Record<string, string>} env
 * @param {readonly string[]} files of the record
 * @param {(servers: ReadonlyMap<Kind, import("./servers.mjs").Running>) => Promise<void>} use
 * @param {ReadonlyMap<Kind, import("./servers.mjs").Running>} [started]
 * @returns {Promise<void>}
 */
async function withServers([kind, ...others], env, files, use, started = new Map()) {
  if (kind === undefined) return use(started);
  const cwd = mkdtempSync(join(directory, kind));
  for (const name of files) copyFileSync(join(directory, name), join(cwd, name));
  const own = { ...env, ...settings[kind], LOG_LEVEL: "info", DATABASE_URL: `file:${join(cwd, "tributary.db")}` };
  await withServer(CONTENDERS.own.script, { env: own, cwd }, (server) =>
    withServers(others, env, files, use, new Map([...started, [kind, server]])),
  );
  rmSync(cwd, { recursive: true });
}

/** @param {readonly Kind[]} order @param {ReadonlyMap<Kind, import("./servers.mjs").Running>} servers */
async function measureRound(order, servers) {
  /** @type {Partial<Record<Kind, number>>} */
  const least = {};
  for (const [kind, server] of servers) {
    for (const user of Array.from({ length: CALLS }, (_, nth) => `user-${nth}`))
      await askText(server.url, JSON.stringify({ query: SAVE, variables: { user } }));
    const { bodies } = await walkPages(server.url, PAGES);
    await measure(server, bodies, { warmMs: 2_500, measureMs: 100 });
    bodiesOf.set(kind, bodies);
  }
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const kind of order) {
      const server = servers.get(kind);
      if (!server) throw new Error(`${kind} was not started`);
      const measured = await measure(server, bodiesOf.get(kind) ?? [], PHASES);
      if (measured.cpuMs !== null) least[kind] = Math.min(least[kind] ?? Infinity, measured.cpuMs);
    }
  }
  for (const kind of KINDS) cpuMs[kind].push(least[kind] ?? Number.NaN);
}

function report() {
  if (received === 0) throw new Error("the collector got nothing: tracing was not on");
  for (const kind of KINDS)
    console.log(`${kind.padEnd(9)} ${median(cpuMs[kind]).toFixed(3)} ms of processor time a request`);
  console.log(`off against off: ${overhead(cpuMs.offAgain)} (what the measurement varies by)`);
  console.log(`nothing sampled: ${overhead(cpuMs.unsampled)}`);
  console.log(`sampled at 1 %:  ${overhead(cpuMs.sampled)}, target: less than 3 %`);
}

/** By how much a kind is more than both that are off, over all rounds. @param {readonly number[]} values */
function overhead(values) {
  const off = values === cpuMs.offAgain ? cpuMs.off : [...cpuMs.off, ...cpuMs.offAgain];
  return `${((median(values) / median(off) - 1) * 100).toFixed(1)} %`;
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
