import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fromDist } from "../from-dist.mjs";
import { cpuMsOf, memoryOf } from "../process-stats.mjs";
import { askText, QUERY } from "../query.mjs";
import { CONTENDERS, withServer } from "../servers.mjs";

/** @typedef {{ url: string, env: Record<string, string>, cwd: string, tenants: number }} Setting `url`: of the database */
/**
 * What one database was seen to cost; times are medians.
 *
 * @typedef {object} Seen
 * @property {number} readyMs from the start of the process until it listens
 * @property {number} idleMb
 * @property {number} openedMb after a recorded page of each tenant
 * @property {number} coldMs a recorded page of a tenant that nobody asked for since the start
 * @property {number} coldCpuMs the server's processor time for it, on average
 * @property {number} warmMs the same page again
 * @property {number} warmCpuMs
 * @property {number} newMs a page that nobody asked for before; the provider answers at once
 * @property {number} newCpuMs with the profile's mutation
 * @property {number} reportMs `spending` in the graph
 * @property {number} sweepMs a sweep over all tenants that finds nothing to delete
 * @property {number} forgetMs `tributary forget`, the start of its process included, of people whom no other tenant knows
 * @property {number} forgetSharedMs the same of people whom every tenant knows
 */

const PAGE = 25;
const LARGE_PAGE = 100;
const PEOPLE = 5;
const WARM = 400;
const NEW = 30;
const REPORTS = 20;
const FORGOTTEN = 3;
const YEAR_MS = 365 * 24 * 3_600_000;

const run = promisify(execFile);
const SAVE = `mutation Save($user: String) { upsertICP(input: { externalUserId: $user }) { icp { id } } }`;
const SPENDING = JSON.stringify({ query: `{ spending { credits calls } }` });

/** @param {number} tenant */
const callerOf = (tenant) => ({ "x-api-key": `t${tenant}-key` });
/** @param {string} user @param {number} first @param {string | null} after */
const asking = (user, first = PAGE, after = null) =>
  JSON.stringify({ query: QUERY, variables: { user, first, people: PEOPLE, after } });
/** @param {readonly number[]} times */
const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Lists of t1, whole, each of 200 companies and their people. @param {Setting} setting @param {number} users */
export async function recordTemplate({ env, cwd }, users) {
  await withServer(CONTENDERS.own.script, { env, cwd }, async ({ url }) => {
    for (let user = 1; user <= users; user += 1) {
      const name = `new-${user}`;
      await save(url, name);
      const first = JSON.parse(await askText(url, asking(name, LARGE_PAGE), callerOf(1)));
      await askText(url, asking(name, LARGE_PAGE, first.data.recommendations.pageInfo.endCursor), callerOf(1));
    }
  });
}

/** @param {string} url @param {string} user */
function save(url, user) {
  return askText(url, JSON.stringify({ query: SAVE, variables: { user } }), callerOf(1));
}

/** @param {Setting} setting @returns {Promise<Seen>} */
export async function measureCapacity(setting) {
  const { env, cwd } = setting;
  const { own, shared, ...seen } = await withServer(CONTENDERS.own.script, { env, cwd }, (server) =>
    measureServer(server, setting.tenants),
  );
  return {
    ...seen,
    sweepMs: await sweep(setting),
    forgetMs: await forget(setting, "t1", own),
    forgetSharedMs: await forget(setting, "t2", shared),
  };
}

/** @param {import("../servers.mjs").Running} server @param {number} tenants */
async function measureServer({ url, pid, readyMs }, tenants) {
  const idleMb = memoryOf(pid).residentMb;
  const page = asking("new-1");
  const cold = await each(pid, tenants, (turn) => timed(() => askText(url, page, callerOf(turn + 1))));
  const openedMb = memoryOf(pid).residentMb;
  const warm = await each(pid, WARM, () => timed(() => askText(url, page, callerOf(2))));
  const fresh = await each(pid, NEW, async (turn) => {
    await save(url, `new-fresh-${turn}`);
    return timed(() => askText(url, asking(`new-fresh-${turn}`), callerOf(1)));
  });
  const report = await each(pid, REPORTS, () => timed(() => askText(url, SPENDING, callerOf(2))));
  return {
    readyMs,
    idleMb,
    openedMb,
    coldMs: cold.ms,
    coldCpuMs: cold.cpuMs,
    warmMs: warm.ms,
    warmCpuMs: warm.cpuMs,
    newMs: fresh.ms,
    newCpuMs: fresh.cpuMs,
    reportMs: report.ms,
    own: await peopleOf(url, "new-fresh-0", 1),
    shared: await peopleOf(url, "new-1", 2),
  };
}

/** Ids of people of a user's first page. @param {string} url @param {string} user @param {number} tenant @returns {Promise<string[]>} */
async function peopleOf(url, user, tenant) {
  const { edges } = JSON.parse(await askText(url, asking(user), callerOf(tenant))).data.recommendations;
  return edges.slice(0, FORGOTTEN).map((/** @type {any} */ { node }) => node.people.nodes[0].id);
}

/**
 * Runs the work so many times: the median of the times that it tells, and the server's mean processor time.
 *
 * @param {number} pid @param {number} count @param {(turn: number) => Promise<number>} work
 */
async function each(pid, count, work) {
  const before = cpuMsOf(pid) ?? NaN;
  /** @type {number[]} */
  const took = [];
  for (let turn = 0; turn < count; turn += 1) took.push(await work(turn));
  return { ms: median(took), cpuMs: ((cpuMsOf(pid) ?? NaN) - before) / count };
}

/** What the server does every minute: nothing is old enough to be deleted. @param {Setting} setting */
async function sweep({ url, tenants }) {
  const { openStoreDatabase } = fromDist("wiring/open-store-database");
  const { storesOf } = fromDist("wiring/stores");
  const { PROVIDERS } = fromDist("domain/provider");
  const config = fromDist("config/database-url").databaseUrl.parse(url);
  const nothing = () => undefined;
  const { database } = await openStoreDatabase(config, { onTrouble: nothing, onStatement: nothing, tracing: null });
  const { sweep: steps } = storesOf(database);
  const longAgo = new Date(Date.now() - YEAR_MS);
  const took = await timed(async () => {
    for (let tenant = 1; tenant <= tenants; tenant += 1) {
      for (const provider of PROVIDERS) await steps.closeFeeds(`t${tenant}`, provider, longAgo, longAgo);
      await steps.dropFeeds(`t${tenant}`, longAgo);
      await steps.dropRows(`t${tenant}`);
      for (const provider of PROVIDERS) await steps.dropLedger(`t${tenant}`, provider, longAgo);
    }
  });
  await database.destroy();
  return took;
}

/** @param {Setting} setting @param {string} tenant @param {string[]} people ids */
async function forget({ env, cwd }, tenant, people) {
  /** @type {number[]} */
  const took = [];
  for (const person of people) {
    const args = [CONTENDERS.own.script, "forget", "--person", person, "--tenant", tenant];
    took.push(await timed(() => run(process.execPath, args, { env: { ...process.env, ...env }, cwd })));
  }
  return median(took);
}
