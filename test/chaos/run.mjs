/**
 * Runs the long versions of two tests: `npm run chaos` (several processes, killed and restarted, for two minutes) and
 * `npm run chaos -- crashes` (a server killed at every write and at every 10th byte of an answer, on both databases: half an hour).
 * More arguments go to jest.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [kind, ...others] = process.argv.slice(2);
const isCrashes = kind === "crashes";
const jest = fileURLToPath(new URL("../../node_modules/jest/bin/jest.js", import.meta.url));
const args = isCrashes
  ? ["test/e2e/crashes.test.ts", "--selectProjects", "compiled", "postgres", ...others]
  : ["test/e2e/postgres/chaos.test.ts", "--selectProjects", "postgres", ...(kind ? [kind, ...others] : [])];
const env = { ...process.env, ...(isCrashes ? { CRASHES: "all" } : { CHAOS_SECONDS: "120" }) };
process.exitCode = spawnSync(process.execPath, [jest, ...args], { stdio: "inherit", env }).status ?? 1;
