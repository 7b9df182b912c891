// What tracing costs recorded pages: two servers without it, which shows what the measurement itself varies by, and one that sends
// 1 % of its traces to a collector on loopback. All three at the same time, each over a copy of the record, in turns. Run it after
// `npm run build:server`; `--turns 30` measures longer. Prints processor time per request: other programs' load is not in it.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure } from "./measure.mjs";
import { fillRecord } from "./record.mjs";
import { CONTENDERS, withServer } from "./servers.mjs";
import { walkPages } from "./walk.mjs";

/** @typedef {"off" | "offAgain" | "sampled"} Kind */

const given = process.argv.indexOf("--turns");
const TURNS = given === -1 ? 12 : Number(process.argv[given + 1]);
const ROWS = 400;
const PAGES = { first: 25, pages: 8 };
const PHASES = { warmMs: 300, measureMs: 1_000 };
/** Each turn begins with another one: whoever comes first finds the machine as the one before left it. */
const ORDERS = /** @type {const} */ ([
  ["off", "offAgain", "sampled"],
  ["sampled", "off", "offAgain"],
  ["offAgain", "sampled", "off"],
]);

const directory = mkdtempSync(join(tmpdir(), "tributary-tracing-"));
let received = 0;
const collector = createServer((request, response) => {
  received += 1;
  request.resume().once("end", () => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
}).listen(0, "127.0.0.1");
await once(collector, "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (collector.address());

/** @type {Record<Kind, number[]>} */
const cpuMs = { off: [], offAgain: [], sampled: [] };
/** @type {Record<Kind, Record<string, string>>} */
const settings = {
  off: {},
  offAgain: {},
  sampled: {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0.01",
  },
};

try {
  const { env } = await fillRecord(directory, ROWS);
  const files = readdirSync(directory).filter((name) => name.startsWith("tributary.db"));
  /** @param {Kind} kind @param {(server: import("./servers.mjs").Running) => Promise<void>} use */
  const withKind = (kind, use) => {
    const cwd = join(directory, kind);
    mkdirSync(cwd);
    for (const name of files) copyFileSync(join(directory, name), join(cwd, name));
    const own = { ...env, ...settings[kind], LOG_LEVEL: "info", DATABASE_URL: `file:${join(cwd, "tributary.db")}` };
    return withServer(CONTENDERS.own.script, { env: own, cwd }, use);
  };
  await withKind("off", (off) =>
    withKind("offAgain", (offAgain) =>
      withKind("sampled", async (sampled) => {
        const servers = { off, offAgain, sampled };
        const { bodies } = await walkPages(off.url, PAGES);
        for (const kind of ORDERS[0]) await measure(servers[kind], bodies, { warmMs: 2_000, measureMs: 500 });
        for (let turn = 0; turn < TURNS; turn += 1) {
          for (const kind of ORDERS[turn % ORDERS.length] ?? []) {
            const measured = await measure(servers[kind], bodies, PHASES);
            if (measured.cpuMs !== null) cpuMs[kind].push(measured.cpuMs);
          }
        }
      }),
    ),
  );
  report();
} finally {
  collector.close();
  rmSync(directory, { recursive: true, force: true });
}

function report() {
  if (received === 0) throw new Error("the collector got nothing: tracing was not on");
  for (const kind of /** @type {const} */ (["off", "offAgain", "sampled"]))
    console.log(`${kind.padEnd(8)} ${median(cpuMs[kind]).toFixed(3)} ms of processor time a request`);
  console.log(`off against off: ${overhead(cpuMs.offAgain)} (what the measurement varies by)`);
  console.log(`sampled at 1 %:  ${overhead(cpuMs.sampled)}, target: less than 3 %`);
}

/** By how much a kind is more than `off`: the median over the turns, in each of which both are measured. @param {number[]} values */
function overhead(values) {
  const ratio = median(values.map((value, turn) => value / (cpuMs.off[turn] ?? Number.NaN)));
  return `${((ratio - 1) * 100).toFixed(1)} %`;
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
