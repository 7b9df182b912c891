import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { pinned } from "./cores.mjs";
import { DIST } from "./from-dist.mjs";

/** What of our own environment the servers get; NODE_ENV where it is set, for their documentation does not set it. */
const given = Object.fromEntries(
  ["PATH", "NODE_ENV"].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
);

const COMPARED = `${DIST}/bench/servers`;

/** Those that are measured, in the order of the table. */
export const CONTENDERS = /** @type {const} */ ({
  own: { title: "Tributary", script: `${DIST}/main.js`, places: "same" },
  ownElsewhere: { title: "Tributary, another place each time", script: `${DIST}/main.js`, places: "others" },
  ordinary: {
    title: "Tributary, graphql-js",
    places: "same",
    script: fileURLToPath(new URL("servers/tributary-ordinary.mjs", import.meta.url)),
  },
  apollo: { title: "@apollo/server + TypeGraphQL", script: `${COMPARED}/apollo-type-graphql.js`, places: "same" },
  mercurius: { title: "mercurius, JIT", script: `${COMPARED}/mercurius.js`, places: "same" },
  mercuriusElsewhere: {
    title: "mercurius, JIT, another place each time",
    script: `${COMPARED}/mercurius.js`,
    places: "others",
  },
});

/** @typedef {keyof typeof CONTENDERS} Contender */
/** @typedef {{ url: string, pid: number, readyMs: number }} Running */

/**
 * Starts a server on its core, waits until it says where it listens, and stops it when `use` is done, however it ends.
 *
 * @template T
 * @param {string} script
 * @param {{ env: Record<string, string>, cwd: string }} options `cwd` without an .env file that would be read
 * @param {(server: Running) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withServer(script, { env, cwd }, use) {
  const begun = performance.now();
  const [command, args] = pinned("server", [script]);
  const child = spawn(command, args, { cwd, env: { ...given, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  try {
    const url = await Promise.race([urlFrom(child.stdout), exited.then(([code]) => failed(script, code))]);
    return await use({ url, pid: child.pid ?? 0, readyMs: performance.now() - begun });
  } finally {
    child.kill();
    await exited;
  }
}

/**
 * The rest of the output is read and dropped: a server that has nobody to read its log waits, and to keep all of it would cost
 * the machine more with each line.
 *
 * @param {import("node:stream").Readable} output
 * @returns {Promise<string>}
 */
function urlFrom(output) {
  let text = "";
  return new Promise((resolve) => {
    output.setEncoding("utf8").on("data", function look(/** @type {string} */ chunk) {
      text += chunk;
      const [, url] = /"url":"(http[^"]+)"/.exec(text) ?? [];
      if (url === undefined) return;
      output.off("data", look).resume();
      resolve(url);
    });
  });
}

/** @param {string} script @param {number | null} code @returns {never} */
function failed(script, code) {
  throw new Error(`${script} ended with code ${code} before it was ready`);
}
