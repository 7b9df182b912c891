import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { LEAST_PEOPLE, rowAt } from "../provider.mjs";

/*
 * Surfe for pages that nobody asked for before, a process of its own. Users of the name `same-N` are all given the same
 * companies, each user `new-N` companies that no other user has. Texts of rows are made once, so that what is measured is
 * not this process. `GET /latency/50` has it answer after 50 ms from then on.
 */

/** Rows of one user's list. */
const ROWS_A_USER = 200;
/** New companies are these, under names of their own. */
const TEMPLATES = Array.from({ length: ROWS_A_USER }, (_, place) =>
  JSON.stringify({ ...rowAt(place), people: rowAt(place).people.slice(0, LEAST_PEOPLE) }),
);
/** What tells a row of one user from that of another: domains, slugs and people's names are made with it. */
const NAMED = /("domain":"|linkedin\.com\/company\/|linkedin\.com\/in\/|"lastName":")/g;

let latencyMs = 0;
/** @type {Map<string, string>} */
const answers = new Map();

const server = createServer(async (request, response) => {
  response.setHeader("content-type", "application/json");
  if (request.method === "GET") {
    latencyMs = Number(request.url?.split("/").at(-1));
    return response.end("{}");
  }
  const { externalUserId, pagination } = JSON.parse(await text(request));
  const answer = pagination ? answerTo(externalUserId, pagination) : "{}";
  if (latencyMs > 0) await pause(latencyMs);
  return response.end(answer);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);

/** @param {string} user @param {{ from: number, to: number }} window */
function answerTo(user, window) {
  if (user.startsWith("new-")) return answerOf(window, user);
  const name = `${window.from} ${window.to}`;
  const answer = answers.get(name) ?? answerOf(window, "");
  answers.set(name, answer);
  return answer;
}

/** @param {{ from: number, to: number }} window @param {string} user */
function answerOf({ from, to }, user) {
  const rows = TEMPLATES.slice(from, to).map((row) => (user === "" ? row : row.replace(NAMED, `$1${user}-`)));
  return `{"companies":[${rows.join()}],"pagination":{"from":${from},"to":${to},"hasMore":${to < ROWS_A_USER}}}`;
}
