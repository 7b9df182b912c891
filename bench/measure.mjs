import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pinned } from "./cores.mjs";

/** @typedef {import("./load.mjs").Measured} Measured */
/** @typedef {import("./servers.mjs").Running} Running */

const CONNECTIONS = 10;

const run = promisify(execFile);
const loadScript = fileURLToPath(new URL("load.mjs", import.meta.url));

/**
 * Has the load generator ask a server for these requests in turn.
 *
 * @param {Pick<Running, "url" | "pid">} server
 * @param {string[]} bodies
 * @param {{ warmMs: number, measureMs: number, connections?: number, once?: boolean, headers?: Record<string, string> }} phases
 * @returns {Promise<Measured>}
 */
export async function measure({ url, pid }, bodies, phases) {
  const [command, args] = pinned("load", [loadScript]);
  const running = run(command, args);
  running.child.stdin?.end(JSON.stringify({ url, pid, bodies, connections: CONNECTIONS, ...phases }));
  return JSON.parse((await running).stdout);
}
