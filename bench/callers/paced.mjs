import { Agent, request } from "node:http";
import { json, text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

/**
 * A load generator that sends at a fixed rate, a process of its own: several streams of requests side by side. Is told on
 * standard input what to do, and says on standard output what it measured, as JSON both. Times count from when a request was due.
 *
 * @typedef {{ name: string, body: string, headers: Record<string, string>, perSecond: number, expected?: string }} Stream
 * @typedef {{ url: string, streams: Stream[], warmMs: number, measureMs: number }} Pace
 * @typedef {object} Paced
 * @property {string} name
 * @property {number} sent
 * @property {number} lost Requests without an answer.
 * @property {number} wrong Answers that are not the expected one, among those with status 200.
 * @property {Record<string, number>} statuses
 * @property {number} p50Ms
 * @property {number} p99Ms
 */

const STEP_MS = 5;

const pace = /** @type {Pace} */ (await json(process.stdin));
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** @param {Stream} stream @returns {Promise<{ status: number, body: string }>} */
function ask({ body, headers: own }) {
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...own };
  return new Promise((resolve, reject) => {
    const call = request(pace.url, { method: "POST", agent, headers }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    call.once("error", reject).end(body);
  });
}

/** @param {Stream} stream @param {number} ms @returns {Promise<Paced>} */
async function run(stream, ms) {
  /** @type {number[]} */
  const took = [];
  /** @type {Paced} */
  const result = { name: stream.name, sent: 0, lost: 0, wrong: 0, statuses: {}, p50Ms: NaN, p99Ms: NaN };
  /** @type {Promise<void>[]} */
  const running = [];
  const begun = performance.now();
  while (performance.now() - begun < ms) {
    for (let due; (due = (result.sent * 1_000) / stream.perSecond) <= performance.now() - begun;) {
      const dueAt = begun + due;
      result.sent += 1;
      const answered = ask(stream).then(({ status, body }) => {
        took.push(performance.now() - dueAt);
        result.statuses[status] = (result.statuses[status] ?? 0) + 1;
        if (status === 200 && stream.expected !== undefined && body !== stream.expected) result.wrong += 1;
      });
      running.push(
        answered.catch(() => {
          result.lost += 1;
        }),
      );
    }
    await pause(STEP_MS);
  }
  await Promise.all(running);
  took.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => took[Math.floor(took.length * share)] ?? NaN;
  return { ...result, p50Ms: at(0.5), p99Ms: at(0.99) };
}

await Promise.all(pace.streams.map((stream) => run(stream, pace.warmMs)));
const measured = await Promise.all(pace.streams.map((stream) => run(stream, pace.measureMs)));
process.stdout.write(`${JSON.stringify(measured)}\n`);
agent.destroy();
