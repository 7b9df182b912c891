import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureCallers } from "./callers/measure-callers.mjs";
import { printCallers } from "./callers/report-callers.mjs";
import { fillRecord } from "./record.mjs";
import { measureMerged } from "./merged.mjs";
import { printReport } from "./report.mjs";
import { measureRounds } from "./rounds.mjs";
import { printDatabases } from "./writes/report-databases.mjs";
import { measureDatabases, measureWrites } from "./writes/measure-writes.mjs";
import { printWrites } from "./writes/report-writes.mjs";

/** Both are of one size, so that page 1,000 has as many rows as page 1. */
const DEEP_PAGE = 1_000;

const quick = process.argv.includes("--quick");
/** Only what writes, what reads, what callers cost, or the databases (`--database postgres`); without any of them, the first three. */
const only = ["writes", "reads", "callers", "database"].find((part) => process.argv.includes(`--${part}`)) ?? null;
/** @param {string} part */
const isMeasured = (part) => only === null || only === part;
const writing = quick ? { users: 300, sizes: [5_000, 20_000] } : { users: 1_500, sizes: [5_000, 40_000, 200_000] };
const settings = quick
  ? { rounds: 1, warmMs: 500, measureMs: 1_000, sliceMs: 300, deepPageSize: 5 }
  : { rounds: 3, warmMs: 6_000, measureMs: 2_500, sliceMs: 600, deepPageSize: 25 };

const directory = mkdtempSync(join(tmpdir(), "tributary-bench-"));
const begun = performance.now();
try {
  const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));
  execFileSync(process.execPath, [tsc, "-p", fileURLToPath(new URL(".", import.meta.url))], { stdio: "inherit" });
  if (isMeasured("reads")) await measureReads();
  if (isMeasured("writes")) printWrites(await measureWrites({ ...writing, directory }));
  if (only === "database")
    printDatabases(await measureDatabases({ directory, users: writing.users, turns: settings.rounds }));
  if (isMeasured("callers")) printCallers(await measureCallers({ ...settings, directory, isQuick: quick }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function measureReads() {
  const rows = DEEP_PAGE * settings.deepPageSize;
  console.log(`Recording ${rows.toLocaleString("en")} companies ...`);
  const record = await fillRecord(directory, rows);
  const result = await measureRounds({ ...settings, ...record, deepPage: DEEP_PAGE, directory });
  console.log("Two providers that take turns, against one of them alone");
  const merged = await measureMerged({ ...settings, directory });
  printReport({ ...result, merged }, { ...settings, rows, tookMs: performance.now() - begun });
}
