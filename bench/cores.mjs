import { execFileSync } from "node:child_process";

/** The first core that this process may use is the server's, the last the load generator's; `null`: they are not pinned. */
export const cores = pick();

function pick() {
  try {
    const list =
      execFileSync("taskset", ["-cp", String(process.pid)], { encoding: "utf8" })
        .split(": ")
        .at(-1) ?? "";
    const allowed = list.trim().split(",").flatMap(toCores);
    const [server] = allowed;
    const load = allowed.at(-1);
    return server === undefined || load === undefined || server === load ? null : { server, load };
  } catch {
    return null; // no taskset here
  }
}

/** @param {string} range as "3" or "0-7" */
function toCores(range) {
  const [first = 0, last = first] = range.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/**
 * The command that runs `node` with these arguments on a core.
 *
 * @param {"server" | "load"} role
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export function pinned(role, args) {
  return cores ? ["taskset", ["-c", String(cores[role]), process.execPath, ...args]] : [process.execPath, [...args]];
}
