import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pinned } from "../cores.mjs";

/** @typedef {import("./paced.mjs").Pace} Pace */
/** @typedef {import("./paced.mjs").Paced} Paced */

const run = promisify(execFile);
const script = fileURLToPath(new URL("paced.mjs", import.meta.url));

/** Has the load generator send these streams of requests at their rates. @param {Pace} pace @returns {Promise<Paced[]>} */
export async function sendPaced(pace) {
  const [command, args] = pinned("load", [script]);
  const running = run(command, args);
  running.child.stdin?.end(JSON.stringify(pace));
  return JSON.parse((await running).stdout);
}
