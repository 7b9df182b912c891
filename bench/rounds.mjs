import { setTimeout as pause } from "node:timers/promises";
import { measure } from "./measure.mjs";
import { forgetPeak, memoryOf } from "./process-stats.mjs";
import { LEAST_PEOPLE } from "./provider.mjs";
import { pageBody } from "./query.mjs";
import { CONTENDERS, withServer } from "./servers.mjs";
import { walkPages } from "./walk.mjs";

/** @typedef {import("./load.mjs").Measured} Measured */
/** @typedef {import("./servers.mjs").Contender} Contender */
/** @typedef {import("./servers.mjs").Running} Running */
/** @typedef {"25×5" | "100×5"} Workload */
/** @typedef {{ contender: Contender, workload: Workload, measured: Measured, peakMb: number | null, bytes: number }} WorkloadRun */
/** @typedef {{ contender: Contender, readyMs: number, residentMb: number }} ServerRun */
/** @typedef {{ page: "first" | "deep", measured: Measured }} DeepRun */
/** @typedef {{ workloads: WorkloadRun[], servers: ServerRun[], deep: DeepRun[] }} Result */
/**
 * @typedef {object} Settings
 * @property {number} rounds
 * @property {number} warmMs
 * @property {number} measureMs
 * @property {number} sliceMs
 * @property {number} deepPage
 * @property {number} deepPageSize
 * @property {string} directory
 * @property {Record<string, string>} env
 * @property {string[]} cursors
 */

/** The first so many pages are asked for in turn. */
const PAGES = 8;
/** Another place each time: so many pages, one from each row on. All rows stay in memory, and hardly a page of them. */
const PLACES = 2_000;
/** @type {Record<Workload, number>} */
const SIZES = { "25×5": 25, "100×5": 100 };
/** How often the two pages that are compared take turns in one round. */
const TURNS = 2;
const SETTLE_MS = 1_000;

/** Answers may differ in length by so much, and are still the same answer. */
const ALIKE = 0.01;

/** Measures every server in every round, so that a slow minute of the machine meets them all. @param {Settings} settings */
export async function measureRounds(settings) {
  /** @type {Result} */
  const result = { workloads: [], servers: [], deep: [] };
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const contender of /** @type {Contender[]} */ (Object.keys(CONTENDERS))) {
      console.log(`Round ${round} of ${settings.rounds}: ${CONTENDERS[contender].title}`);
      await measureServer(contender, settings, result);
    }
    checkAlike(result);
  }
  return result;
}

/** @param {Contender} contender @param {Settings} settings @param {Result} result */
async function measureServer(contender, settings, result) {
  const { env, directory, warmMs, measureMs } = settings;
  await withServer(CONTENDERS[contender].script, { env, cwd: directory }, async (server) => {
    for (const workload of /** @type {Workload[]} */ (Object.keys(SIZES))) {
      const first = SIZES[workload];
      const { bodies, bytes } = await walkPages(server.url, { first, pages: PAGES });
      const elsewhere = CONTENDERS[contender].places === "others" ? await pagesFromEachRow(server.url, first) : null;
      forgetPeak(server.pid);
      const measured = await measure(server, elsewhere ?? bodies, { warmMs, measureMs });
      result.workloads.push({ contender, workload, measured, peakMb: memoryOf(server.pid).peakMb, bytes });
    }
    if (contender === "own") await measureDeep(server, settings, result);
    await pause(SETTLE_MS);
    result.servers.push({ contender, readyMs: server.readyMs, residentMb: memoryOf(server.pid).residentMb });
  });
}

/**
 * The requests for the pages from each of the first rows on, whose rows are then in memory.
 *
 * @param {string} url @param {number} first @returns {Promise<string[]>}
 */
async function pagesFromEachRow(url, first) {
  const { cursors } = await walkPages(url, { first, pages: Math.ceil(PLACES / first) + 1 });
  return cursors.slice(0, PLACES).map((after) => pageBody({ first, people: LEAST_PEOPLE, after }));
}

/** The first page against one far behind it, in turns. @param {Running} server @param {Settings} settings @param {Result} result */
async function measureDeep(server, { sliceMs, deepPage, deepPageSize: first, cursors }, result) {
  const after = { first: null, deep: cursors[(deepPage - 1) * first - 1] ?? null };
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const page of /** @type {const} */ (["first", "deep"])) {
      const bodies = [pageBody({ first, people: LEAST_PEOPLE, after: after[page] })];
      const measured = await measure(server, bodies, { warmMs: sliceMs / 2, measureMs: sliceMs });
      result.deep.push({ page, measured });
    }
  }
}

/** @param {Result} result @throws where the servers did not answer with the same amount */
function checkAlike({ workloads }) {
  for (const workload of Object.keys(SIZES)) {
    const lengths = workloads.filter((one) => one.workload === workload).map(({ bytes }) => bytes);
    const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
    if (most > least * (1 + ALIKE))
      throw new Error(`the answers to ${workload} are not alike: ${least} to ${most} bytes`);
  }
}
