import { cores } from "./cores.mjs";
import { CONTENDERS } from "./servers.mjs";

/** @typedef {import("./rounds.mjs").Result} Result */
/** @typedef {import("./servers.mjs").Contender} Contender */
/** @typedef {import("./rounds.mjs").Workload} Workload */
/** @typedef {import("./load.mjs").Measured} Measured */
/** @typedef {import("./merged.mjs").MergedRun} MergedRun */

/** What is to be reached. */
const TIMES_FASTER_THAN_APOLLO = 8;
const TIMES_FASTER_THAN_MERCURIUS = { "25×5": 2.3, "100×5": 4 };
const TIMES_FASTER_ELSEWHERE = { "25×5": 2.5, "100×5": 4 };
const COST_OF_100_ROWS = 4.2;
const COST_OF_DEEP_PAGE = 1.2;
const COST_OF_MERGED_PAGE = 1.5;
const RESIDENT_MB = 220;
const READY_MS = 2_000;

const SIZES = /** @type {const} */ (["25×5", "100×5"]);

/** @param {Result & { merged: MergedRun[] }} result @param {{ rows: number, deepPageSize: number, tookMs: number }} run */
export function printReport(result, run) {
  const { load } = cores ?? {};
  console.log("");
  console.log(
    load === undefined
      ? "There is no taskset here, or one core only: server and load generator share what there is."
      : `The server has core ${cores?.server}, the load generator core ${load}. Medians of all rounds.`,
  );
  console.log(`NODE_ENV is ${process.env["NODE_ENV"] ?? "not set"}, for all of them.`);
  console.log("");
  printTable(result);
  console.log("");
  for (const target of [...targetsOf(result, run), ...mergedTargets(result)]) console.log(target);
  const busiest = Math.max(...result.workloads.map(({ measured }) => measured.loadShare));
  console.log("");
  if (busiest > 0.9)
    console.log(`The load generator was busy for ${percent(busiest)} of its time: it may be what was measured.`);
  console.log(`Took ${(run.tookMs / 1_000).toFixed(0)} s.`);
}

/** @param {Result} result */
function printTable(result) {
  const head = ["", "", "requests/s", "p50 ms", "p99 ms", "CPU ms/request", "peak MB", "after run MB", "ready ms"];
  const rows = result.workloads.slice(0, new Set(result.workloads.map(keyOf)).size).map(({ contender, workload }) => {
    const runs = runsOf(result, contender, workload);
    const of = (/** @type {(run: typeof runs[number]) => number | null} */ read) => median(runs.map(read));
    const servers = result.servers.filter((one) => one.contender === contender);
    return [
      CONTENDERS[contender].title,
      workload,
      fixed(
        of(({ measured }) => measured.perSecond),
        0,
      ),
      fixed(
        of(({ measured }) => measured.p50Ms),
        2,
      ),
      fixed(
        of(({ measured }) => measured.p99Ms),
        2,
      ),
      fixed(
        of(({ measured }) => measured.cpuMs),
        3,
      ),
      fixed(
        of(({ peakMb }) => peakMb),
        0,
      ),
      fixed(median(servers.map(({ residentMb }) => residentMb)), 0),
      fixed(median(servers.map(({ readyMs }) => readyMs)), 0),
    ];
  });
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  for (const row of [head, ...rows]) {
    console.log(row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "));
  }
}

/** @param {Result} result @param {{ deepPageSize: number }} run */
function targetsOf(result, { deepPageSize }) {
  const deep = (/** @type {"first" | "deep"} */ page) => result.deep.filter((one) => one.page === page);
  const own = result.servers.filter(({ contender }) => contender === "ownElsewhere");
  const resident = Math.max(...own.map(({ residentMb }) => residentMb));
  const ready = median(own.map(({ readyMs }) => readyMs)) ?? NaN;
  return [
    ...SIZES.map((size) => faster(result, "own", "apollo", size, TIMES_FASTER_THAN_APOLLO)),
    ...SIZES.map((size) => faster(result, "own", "mercurius", size, TIMES_FASTER_THAN_MERCURIUS[size])),
    ...SIZES.map((size) => faster(result, "ownElsewhere", "mercuriusElsewhere", size, TIMES_FASTER_ELSEWHERE[size])),
    atMost(
      "cost of 100×5, in times of 25×5",
      costRatio(runsOf(result, "own", "100×5"), runsOf(result, "own", "25×5")),
      COST_OF_100_ROWS,
    ),
    atMost(
      `cost of page 1,000, in times of page 1, ${deepPageSize} rows each`,
      costRatio(deep("deep"), deep("first")),
      COST_OF_DEEP_PAGE,
    ),
    verdict(
      "resident after another place each time",
      `${resident.toFixed(0)} MB`,
      `at most ${RESIDENT_MB} MB`,
      resident <= RESIDENT_MB,
    ),
    verdict("ready after the start", `${ready.toFixed(0)} ms`, `at most ${READY_MS} ms`, ready <= READY_MS),
  ];
}

/**
 * @param {Result} result @param {Contender} one @param {Contender} than @param {typeof SIZES[number]} size
 * @param {number} target
 */
function faster(result, one, than, size, target) {
  const found = costRatio(runsOf(result, than, size), runsOf(result, one, size));
  return atLeast(`${size}, ${CONTENDERS[one].title}: times as fast as ${CONTENDERS[than].title}`, found, target);
}

/** @param {{ merged: MergedRun[] }} result */
function mergedTargets({ merged }) {
  return /** @type {const} */ (["kept", "computed"]).map((manner) => {
    const of = (/** @type {MergedRun["list"]} */ list) =>
      merged.filter((one) => one.manner === manner && one.list === list);
    const how = manner === "kept" ? "" : ", nothing kept";
    return atMost(
      `100×5 of two providers that take turns, in times of one alone${how}`,
      costRatio(of("merged"), of("SURFE")),
      COST_OF_MERGED_PAGE,
    );
  });
}

/**
 * What a request of the first costs in terms of the second: by requests a second, which is what counts, and by the
 * processor time of the server, which other work on the machine disturbs less.
 *
 * @param {readonly { measured: Measured }[]} some @param {readonly { measured: Measured }[]} others
 */
function costRatio(some, others) {
  const ratio = (/** @type {(measured: Measured) => number | null} */ costOf) =>
    (median(some.map(({ measured }) => costOf(measured))) ?? NaN) /
    (median(others.map(({ measured }) => costOf(measured))) ?? NaN);
  return { time: ratio(({ perSecond }) => 1 / perSecond), cpu: ratio(({ cpuMs }) => cpuMs) };
}

/** @typedef {ReturnType<typeof costRatio>} Ratio */

/** @param {string} what @param {Ratio} found @param {number} target */
function atLeast(what, found, target) {
  return verdict(what, times(found), `at least ${target}`, found.time >= target);
}

/** @param {string} what @param {Ratio} found @param {number} target */
function atMost(what, found, target) {
  return verdict(what, times(found), `at most ${target}`, found.time <= target);
}

/** @param {Ratio} ratio */
function times({ time, cpu }) {
  return Number.isNaN(cpu) ? time.toFixed(2) : `${time.toFixed(2)} (by CPU time ${cpu.toFixed(2)})`;
}

/** @param {string} what @param {string} found @param {string} target @param {boolean} met */
function verdict(what, found, target, met) {
  return `${met ? "met   " : "MISSED"}  ${what}: ${found}, to be ${target}`;
}

/** @param {Result} result @param {Contender} contender @param {Workload} workload */
function runsOf({ workloads }, contender, workload) {
  return workloads.filter((one) => one.contender === contender && one.workload === workload);
}

/** @param {{ contender: Contender, workload: Workload }} run */
function keyOf({ contender, workload }) {
  return `${contender} ${workload}`;
}

/** @param {readonly (number | null)[]} values @returns {number | null} */
function median(values) {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

/** @param {number | null} value @param {number} digits */
function fixed(value, digits) {
  return value === null ? "–" : value.toFixed(digits);
}

/** @param {number} share */
function percent(share) {
  return `${(share * 100).toFixed(0)} %`;
}
