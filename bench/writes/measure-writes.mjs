import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pinned } from "../cores.mjs";
import { measure } from "../measure.mjs";
import { memoryOf } from "../process-stats.mjs";
import { LEAST_PEOPLE } from "../provider.mjs";
import { askText, QUERY } from "../query.mjs";
import { CONTENDERS, withServer } from "../servers.mjs";

/** @typedef {import("../load.mjs").Measured} Measured */
/** @typedef {import("../servers.mjs").Running} Running */
/** @typedef {{ name: string, server: string, measured: Measured }} WriteRun */
/** @typedef {{ database: "SQLite" | "PostgreSQL", runs: WriteRun[], reads: Writes["reads"] }} DatabaseRun */
/** @typedef {{ companies: number, msPerPage: number, residentMb: number }} GrowthRun */
/**
 * @typedef {object} Writes
 * @property {WriteRun[]} runs
 * @property {{ cpuMs: number, ms: number }} floor
 * @property {{ alone: Measured, besideWrites: Measured }} reads
 * @property {GrowthRun[]} growth
 * @property {number[]} coldMs of pages with three recommendations of each company, by a server that has just started
 */

const PAGE = 25;
const LARGE_PAGE = 100;
/** Companies that a user's list brings; two large pages. */
const COMPANIES_A_USER = 200;
const MEASURED_PAGES = 30;

const run = promisify(execFile);
/** @param {string} name */
const script = (name) => fileURLToPath(new URL(name, import.meta.url));

const SAVE = `mutation Save($user: String) { upsertICP(input: { externalUserId: $user }) { icp { id } } }`;
const WITH_RECOMMENDATIONS = `query Page($user: String, $first: Int) {
  recommendations(externalUserId: $user, first: $first) {
    nodes { id company { id name recommendations(first: 3) { nodes { id provider } } } }
  }
}`;

/** @param {string} user */
const saving = (user) => JSON.stringify({ query: SAVE, variables: { user } });
/** @param {string} user @param {number} first */
const asking = (user, first = PAGE) =>
  JSON.stringify({ query: QUERY, variables: { user, first, people: LEAST_PEOPLE, after: null } });
/** @param {string} prefix @param {number} count @param {number} from */
const usersOf = (prefix, count, from = 0) => Array.from({ length: count }, (_, i) => `${prefix}-${from + i}`);

/**
 * Pages that nobody asked for before, on Tributary, which records them, and on servers that do not.
 *
 * @param {{ directory: string, users: number, sizes: number[] }} settings `sizes`: companies in the store at which a new page is
 *   measured, ascending.
 * @returns {Promise<Writes>}
 */
export async function measureWrites({ directory, users, sizes }) {
  return withProvider(async (url) => {
    const settings = { directory, users, url };
    const own = await measureOwn(settings);
    const compared = [
      ...(await measureCompared("apollo", settings)),
      ...(await measureCompared("mercurius", settings)),
    ];
    const { stdout } = await run(
      ...pinned("server", [script("floor.mjs"), url, join(directory, "floor.db"), String(users)]),
    );
    const grown = await measureGrowth(settings, sizes);
    return { runs: [...own.runs, ...compared], reads: own.reads, floor: JSON.parse(stdout), ...grown };
  });
}

/**
 * The same pages over SQLite and over PostgreSQL, in turns; every turn has new databases.
 *
 * @param {{ directory: string, users: number, turns: number }} settings
 * @returns {Promise<DatabaseRun[]>}
 */
export async function measureDatabases({ directory, users, turns }) {
  const { startCluster } = await import("../../test/support/postgres/cluster.mjs");
  return withProvider(async (url) => {
    /** @type {DatabaseRun[]} */
    const found = [];
    for (let turn = 1; turn <= turns; turn += 1) {
      const settings = { users, url };
      const file = join(directory, `sqlite-${turn}`);
      mkdirSync(file);
      found.push({ database: "SQLite", ...(await measureOwn({ ...settings, directory: file })) });
      const cluster = await startCluster({ isDurable: true });
      const folder = join(directory, `postgres-${turn}`);
      mkdirSync(folder);
      try {
        const own = await measureOwn({ ...settings, directory: folder, database: cluster.url });
        found.push({ database: "PostgreSQL", ...own });
      } finally {
        await cluster.end();
      }
    }
    return found;
  });
}

/** Runs the provider while `use` runs. @template T @param {(url: string) => Promise<T>} use @returns {Promise<T>} */
async function withProvider(use) {
  const provider = spawn(...pinned("load", [script("provider.mjs")]), { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = await once(/** @type {import("node:stream").Readable} */ (provider.stdout), "data");
    return await use(JSON.parse(String(line)).url);
  } finally {
    provider.kill();
  }
}

/** @param {string} directory @param {string} url @param {string} [database] an SQLite file in the directory unless told */
function environment(directory, url, database = `file:${join(directory, "tributary.db")}`) {
  return {
    PORT: "0",
    PLAYGROUND: "off",
    DATABASE_URL: database,
    SURFE_API_KEY: "bench",
    SURFE_BASE_URL: url,
    SURFE_RATE_PER_SECOND: "100000",
    SURFE_BURST: "100000",
    BENCH_PROVIDER: url,
    LOG_LEVEL: "info",
  };
}

/** Each body once: the warm-up takes some of them. @param {Running} server @param {string[]} bodies @param {number} connections */
function measureOnce(server, bodies, connections) {
  return measure(server, bodies, { warmMs: 400, measureMs: 60_000, connections, once: true });
}

/**
 * Tributary over a database that is new.
 *
 * @param {{ directory: string, users: number, url: string, database?: string }} settings
 */
async function measureOwn({ directory, users, url, database }) {
  const cwd = join(directory, "writes");
  mkdirSync(cwd);
  return withServer(CONTENDERS.own.script, { env: environment(cwd, url, database), cwd }, async (server) => {
    const all = ["same", "new", "late", "beside"].map((prefix) =>
      usersOf(prefix === "beside" ? "new-beside" : prefix === "late" ? "same-late" : prefix, users),
    );
    const [same = [], fresh = [], late = [], beside = []] = all;
    /** @type {WriteRun[]} */
    const runs = [];
    /** @param {string} name @param {string[]} bodies @param {number} connections */
    const add = async (name, bodies, connections) => {
      runs.push({ name, server: CONTENDERS.own.title, measured: await measureOnce(server, bodies, connections) });
    };
    await add("U", all.flat().map(saving), 16);
    await add(
      "C0",
      same.map((user) => asking(user)),
      16,
    );
    await add(
      "C0n",
      fresh.map((user) => asking(user)),
      16,
    );
    await fetch(`${url}/latency/50`);
    await add(
      "C50",
      late.map((user) => asking(user)),
      64,
    );
    await fetch(`${url}/latency/0`);
    const recorded = same.slice(0, 8).map((user) => asking(user));
    const phases = { warmMs: 500, measureMs: 1_500, connections: 2 };
    const alone = await measure(server, recorded, phases);
    const [besideWrites] = await Promise.all([
      measure(server, recorded, phases),
      measureOnce(
        server,
        beside.map((user) => asking(user)),
        16,
      ),
    ]);
    return { runs, reads: { alone, besideWrites } };
  });
}

/** @param {"apollo" | "mercurius"} contender @param {{ directory: string, users: number, url: string }} settings */
async function measureCompared(contender, { directory, users, url }) {
  const { title, script: path } = CONTENDERS[contender];
  return withServer(path, { env: environment(directory, url), cwd: directory }, async (server) => {
    /** @type {WriteRun[]} */
    const runs = [];
    for (const [name, latency, prefix, connections] of /** @type {const} */ ([
      ["C0", 0, "same", 16],
      ["C0n", 0, "new", 16],
      ["C50", 50, "same-late", 64],
    ])) {
      await fetch(`${url}/latency/${latency}`);
      const bodies = usersOf(prefix, users).map((user) => asking(user));
      runs.push({ name, server: title, measured: await measureOnce(server, bodies, connections) });
    }
    await fetch(`${url}/latency/0`);
    return runs;
  });
}

/** @param {{ directory: string, url: string }} settings @param {number[]} sizes */
async function measureGrowth({ directory, url }, sizes) {
  const cwd = join(directory, "growth");
  mkdirSync(cwd);
  const env = environment(cwd, url);
  /** @type {GrowthRun[]} */
  const growth = [];
  let users = 0;
  await withServer(CONTENDERS.own.script, { env, cwd }, async ({ url: graph, pid }) => {
    for (const size of sizes) {
      const filling = usersOf("new-grow", Math.ceil(size / COMPANIES_A_USER) - users, users);
      await each(filling, 8, (user) => fill(graph, user));
      users += filling.length;
      const measured = usersOf(`new-at-${size}`, MEASURED_PAGES);
      await each(measured, 8, (user) => askText(graph, saving(user)));
      const begun = performance.now();
      for (const user of measured) await askText(graph, asking(user, LARGE_PAGE));
      const msPerPage = (performance.now() - begun) / MEASURED_PAGES;
      growth.push({ companies: size, msPerPage, residentMb: memoryOf(pid).residentMb });
    }
  });
  const coldMs = await withServer(CONTENDERS.own.script, { env, cwd }, ({ url: graph }) => measureCold(graph));
  return { growth, coldMs };
}

/** The whole of a user's list. @param {string} graph @param {string} user */
async function fill(graph, user) {
  await askText(graph, saving(user));
  const text = await askText(graph, asking(user, LARGE_PAGE));
  const after = JSON.parse(text).data.recommendations.pageInfo.endCursor;
  const { query, variables } = JSON.parse(asking(user, LARGE_PAGE));
  await askText(graph, JSON.stringify({ query, variables: { ...variables, after } }));
}

/** @param {string} graph */
async function measureCold(graph) {
  /** @type {number[]} */
  const took = [];
  for (const user of usersOf("new-grow", 10)) {
    const begun = performance.now();
    await askText(graph, JSON.stringify({ query: WITH_RECOMMENDATIONS, variables: { user, first: LARGE_PAGE } }));
    took.push(performance.now() - begun);
  }
  return took.sort((a, b) => a - b);
}

/** @param {string[]} users @param {number} atOnce @param {(user: string) => Promise<unknown>} work */
async function each(users, atOnce, work) {
  const waiting = users.values();
  const worker = async () => {
    for (const user of waiting) await work(user);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
