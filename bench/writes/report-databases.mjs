import { say } from "./say.mjs";

/** @typedef {import("./measure-writes.mjs").DatabaseRun} DatabaseRun */

const RECORDED = 1.1;
const COLD = 2;

/** @param {DatabaseRun[]} found */
export function printDatabases(found) {
  for (const { database, runs, reads } of found) {
    for (const { name, measured } of [...runs, { name: "recorded", measured: reads.alone }]) {
      const { perSecond, p50Ms, p99Ms, cpuMs } = measured;
      console.log(
        `${database.padEnd(11)} ${name.padEnd(9)} ${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50Ms.toFixed(1)} ms  ` +
          `p99 ${p99Ms.toFixed(1)} ms  CPU ${cpuMs?.toFixed(2) ?? "–"} ms`,
      );
    }
  }
  const timesOfSqlite = (/** @type {string} */ name) =>
    median(found, "SQLite", name) / median(found, "PostgreSQL", name);
  say(
    "Recorded pages: requests/s of SQLite, in times of PostgreSQL's",
    timesOfSqlite("recorded"),
    (x) => x <= RECORDED,
    `at most ${RECORDED}`,
  );
  for (const name of ["C0", "C0n", "U"]) {
    say(
      `${name}: requests/s of SQLite, in times of PostgreSQL's`,
      timesOfSqlite(name),
      (x) => x <= COLD,
      `at most ${COLD}`,
    );
  }
}

/** Requests a second, the median of all turns. @param {DatabaseRun[]} found @param {string} database @param {string} name */
function median(found, database, name) {
  const rates = found
    .filter((one) => one.database === database)
    .map(({ runs, reads }) =>
      name === "recorded" ? reads.alone.perSecond : (runs.find((run) => run.name === name)?.measured.perSecond ?? NaN),
    )
    .sort((a, b) => a - b);
  return rates[Math.floor(rates.length / 2)] ?? NaN;
}
