import { say } from "./say.mjs";

/** @typedef {import("./measure-writes.mjs").Writes} Writes */

const READS_BESIDE_WRITES = 3;
const CPU_OF_FLOOR = 2;
const UPSERTS_PER_SECOND = 1_000;
const GROWTH = 1.2;
const COLD_MS = 30;

/** @param {Writes} writes */
export function printWrites({ runs, floor, reads, growth, coldMs }) {
  console.log("Pages that nobody asked for before: 25 companies with 5 people each. U: upsertICP.");
  for (const { name, server, measured } of runs) {
    const { perSecond, p50Ms, p99Ms, cpuMs, requests } = measured;
    console.log(
      `${name.padEnd(4)} ${server.padEnd(30)} ${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50Ms.toFixed(1)} ms  ` +
        `p99 ${p99Ms.toFixed(1)} ms  CPU ${cpuMs?.toFixed(2) ?? "–"} ms  (${requests} requests)`,
    );
  }
  console.log(`Floor: CPU ${floor.cpuMs.toFixed(2)} ms, ${floor.ms.toFixed(2)} ms a page, one at a time`);
  const { alone, besideWrites } = reads;
  console.log(
    `Recorded pages: p99 ${alone.p99Ms.toFixed(1)} ms alone, ${besideWrites.p99Ms.toFixed(1)} ms beside writes`,
  );
  for (const { companies, msPerPage, residentMb } of growth) {
    console.log(
      `G    ${companies} companies: ${msPerPage.toFixed(1)} ms a page of 100, ${residentMb.toFixed(0)} MB resident`,
    );
  }
  console.log(`D    ${coldMs.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  const own = (/** @type {string} */ name) =>
    runs.find((one) => one.name === name && one.server === "Tributary")?.measured;
  const apollo = (/** @type {string} */ name) =>
    runs.find((one) => one.name === name && one.server.startsWith("@apollo"))?.measured;
  const [smallest, largest] = [growth[0], growth.at(-1)];
  say(
    "C0: requests/s, in times of Apollo Server's",
    ratio(own("C0")?.perSecond, apollo("C0")?.perSecond),
    (x) => x >= 1,
    "at least 1",
  );
  say(
    "C0n: processor time, in times of the floor's",
    ratio(own("C0n")?.cpuMs, floor.cpuMs),
    (x) => x <= CPU_OF_FLOOR,
    `at most ${CPU_OF_FLOOR}`,
  );
  say(
    "C50: p50, in times of Apollo Server's",
    ratio(own("C50")?.p50Ms, apollo("C50")?.p50Ms),
    (x) => x <= 1,
    "at most 1",
  );
  say("U: a second", own("U")?.perSecond ?? NaN, (x) => x >= UPSERTS_PER_SECOND, `at least ${UPSERTS_PER_SECOND}`);
  say(
    "G: last size, in times of the first",
    ratio(largest?.msPerPage, smallest?.msPerPage),
    (x) => x <= GROWTH,
    `at most ${GROWTH}`,
  );
  say("D: median ms", coldMs[Math.floor(coldMs.length / 2)] ?? NaN, (x) => x <= COLD_MS, `at most ${COLD_MS}`);
  say(
    "p99 of recorded pages beside writes, in times of alone",
    ratio(besideWrites.p99Ms, alone.p99Ms),
    (x) => x <= READS_BESIDE_WRITES,
    `at most ${READS_BESIDE_WRITES}`,
  );
}

/** @param {number | null | undefined} one @param {number | null | undefined} than */
function ratio(one, than) {
  return (one ?? NaN) / (than ?? NaN);
}
