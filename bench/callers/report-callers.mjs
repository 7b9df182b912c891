/** @typedef {import("./measure-callers.mjs").Callers} Callers */
/** @typedef {import("./overhead.mjs").Auth} Auth */
/** @typedef {import("./side-by-side.mjs").Beside} Beside */

/** What is to be reached. */
const COST_OF_KEY = 1.03;
const COST_OF_TOKEN = 1.1;
const P99_BESIDE_OTHERS = 1.5;
/** What two tenants cost each other where nothing has gone wrong: for comparison. @type {Beside} */
const SHARED = "recorded pages";

/** @param {Callers} callers */
export function printCallers({ overhead, reloading, sideBySide }) {
  console.log("");
  printOverhead(overhead);
  printReloading(reloading);
  printSides(sideBySide);
}

/** @param {Callers["overhead"]} runs */
function printOverhead(runs) {
  const of = (/** @type {Auth} */ auth) => runs.filter((one) => one.auth === auth).map(({ measured }) => measured);
  for (const auth of /** @type {const} */ (["none", "api-key", "jwt"])) {
    const perSecond = median(of(auth).map((one) => one.perSecond));
    const cpuMs = median(of(auth).flatMap((one) => one.cpuMs ?? []));
    console.log(`AUTH=${auth}: ${perSecond.toFixed(0)} requests/s, ${cpuMs.toFixed(3)} CPU ms/request`);
  }
  for (const [auth, target] of /** @type {const} */ ([
    ["api-key", COST_OF_KEY],
    ["jwt", COST_OF_TOKEN],
  ])) {
    const [base, own] = [of("none"), of(auth)];
    const time = median(base.map((one, i) => one.perSecond / (own[i]?.perSecond ?? NaN)));
    const cpu = median(base.map((one, i) => (own[i]?.cpuMs ?? NaN) / (one.cpuMs ?? NaN)));
    verdict(`a request with AUTH=${auth}, in times of one without`, time, target, ` (by CPU time ${cpu.toFixed(3)})`);
  }
}

/** @param {Callers["reloading"]} run */
function printReloading({ streams, changes }) {
  for (const { name, sent, lost, wrong, statuses, p99Ms } of streams) {
    const all = Object.entries(statuses).map(([status, count]) => `${count} with status ${status}`);
    console.log(
      `${name}: ${sent} sent while the file changed ${changes} times: ${all.join(", ")}, p99 ${p99Ms.toFixed(1)} ms`,
    );
    const isMet = lost === 0 && wrong === 0 && statuses["200"] === sent;
    console.log(`${isMet ? "met   " : "MISSED"}  ${name}: ${lost} lost, ${wrong} of the wrong tenant, to be 0`);
  }
}

/** @param {Callers["sideBySide"]} runs */
function printSides(runs) {
  const of = (/** @type {string} */ beside) => runs.filter((one) => one.beside === beside);
  const alone = of("alone");
  console.log(`a tenant alone: p99 ${median(alone.map((one) => one.quietP99Ms)).toFixed(1)} ms`);
  for (const beside of new Set(runs.map((one) => one.beside))) {
    if (beside === "alone") continue;
    const ratio = median(of(beside).map(({ quietP99Ms }, i) => quietP99Ms / (alone[i]?.quietP99Ms ?? NaN)));
    const wrong = of(beside).reduce((sum, one) => sum + one.wrong, 0);
    const statuses = JSON.stringify(of(beside).at(-1)?.statuses);
    if (beside === SHARED) {
      console.log(
        `p99 beside a tenant with: ${beside}, in times of alone: ${ratio.toFixed(3)}, ${wrong} wrong answers`,
      );
      continue;
    }
    verdict(
      `p99 beside a tenant with: ${beside}, in times of alone`,
      ratio,
      P99_BESIDE_OTHERS,
      `, ${wrong} wrong answers; the other got ${statuses}`,
    );
  }
}

/** @param {string} what @param {number} found @param {number} target @param {string} more */
function verdict(what, found, target, more) {
  console.log(`${found <= target ? "met   " : "MISSED"}  ${what}: ${found.toFixed(3)}${more}, to be at most ${target}`);
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
