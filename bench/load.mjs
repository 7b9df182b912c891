import { json } from "node:stream/consumers";
import { Client } from "undici";
import { cpuMsOf } from "./process-stats.mjs";

/**
 * The load generator, a process of its own: so many connections, each with one request at a time, the bodies in turn.
 * Is told on standard input what to do, and says on standard output what it measured, as JSON both. With `once` each body
 * is sent once at most: the measurement ends where they run out. Answers are read and dropped; undici takes half the
 * processor time of `node:http` for it, which would be slower than the fastest servers.
 *
 * @typedef {{ url: string, bodies: string[], headers?: Record<string, string>, once?: boolean, connections: number, warmMs: number, measureMs: number, pid: number }} Load
 * @typedef {{ requests: number, perSecond: number, p50Ms: number, p99Ms: number, cpuMs: number | null, loadShare: number }} Measured
 */

const load = /** @type {Load} */ (await json(process.stdin));
const { origin, pathname } = new URL(load.url);
const headers = { "content-type": "application/json", ...load.headers };
const clients = Array.from({ length: load.connections }, () => new Client(origin, { pipelining: 1 }));
let next = 0;

/** One request; resolves with how long it took, in ms. @param {Client} client @returns {Promise<number>} */
function ask(client) {
  const body = load.bodies[next++ % load.bodies.length] ?? "";
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    client.dispatch(
      { method: "POST", path: pathname, headers, body },
      {
        onRequestStart: () => undefined, // undici asks for it
        onResponseStart: (_, status) => {
          if (status !== 200) reject(new Error(`${load.url} answered ${status}`));
        },
        onResponseEnd: () => resolve(performance.now() - begun),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

/** @param {number} ms @returns {Promise<number[]>} How long each request took, shortest first. */
async function run(ms) {
  /** @type {number[]} */
  const took = [];
  const until = performance.now() + ms;
  /** @param {Client} client */
  const connection = async (client) => {
    while (performance.now() < until && !(load.once && next >= load.bodies.length)) took.push(await ask(client));
  };
  await Promise.all(clients.map(connection));
  return took.sort((a, b) => a - b);
}

await run(load.warmMs);
const before = { at: performance.now(), cpuMs: cpuMsOf(load.pid), own: process.cpuUsage() };
const took = await run(load.measureMs);
const elapsedMs = performance.now() - before.at;
const cpuMs = cpuMsOf(load.pid);
const own = process.cpuUsage(before.own);
/** @type {Measured} */
const measured = {
  requests: took.length,
  perSecond: (took.length * 1000) / elapsedMs,
  p50Ms: took[Math.floor(took.length * 0.5)] ?? NaN,
  p99Ms: took[Math.floor(took.length * 0.99)] ?? NaN,
  cpuMs: cpuMs === null || before.cpuMs === null ? null : (cpuMs - before.cpuMs) / took.length,
  loadShare: (own.user + own.system) / 1000 / elapsedMs,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
await Promise.all(clients.map((client) => client.close()));
