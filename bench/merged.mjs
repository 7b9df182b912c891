import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { measure } from "./measure.mjs";
import { LEAST_PEOPLE, startProvider } from "./provider.mjs";
import { askText, QUERY, USER } from "./query.mjs";
import { CONTENDERS, withServer } from "./servers.mjs";

/** @typedef {import("./load.mjs").Measured} Measured */
/** @typedef {"SURFE" | "merged"} List */
/** @typedef {"kept" | "computed"} Manner */
/** @typedef {{ list: List, manner: Manner, measured: Measured }} MergedRun */

const PAGE = 100;
/** Asked for in turn where answers are kept. */
const PAGES = 8;
/** Asked for in turn, one from each row on, where none is to be kept: more than fit in the caches of pages and of answers. */
const PAGES_ANEW = 1_500;
const ROWS = PAGES_ANEW + PAGE;
/** In the one order and the other: whichever comes first finds the server as the one before left it. */
const ORDERS = /** @type {const} */ ([
  ["SURFE", "merged"],
  ["merged", "SURFE"],
]);
const TURNS = 2;

/** The query of the whole bench, narrowed or not. */
const NARROWED = QUERY.replace("$after: String", "$after: String, $providers: [Provider!]").replace(
  "after: $after",
  "after: $after, providers: $providers",
);

const SAVE_PROFILE = /* GraphQL */ `
  mutation Save($user: String) {
    upsertICP(input: { externalUserId: $user, companies: { industries: ["Software"] } }) {
      icp {
        id
      }
    }
  }
`;

/**
 * A page of 100 companies with 5 people each of two providers that take turns, against the same page of one of them alone,
 * on one server and in turns. Both give the same companies, so that the answers are alike.
 *
 * @param {{ directory: string, rounds: number, warmMs: number, sliceMs: number }} settings
 * @returns {Promise<MergedRun[]>}
 */
export async function measureMerged({ directory, rounds, warmMs, sliceMs }) {
  const provider = await startProvider(ROWS);
  const cwd = join(directory, "merged");
  mkdirSync(cwd);
  const env = {
    PORT: "0",
    PLAYGROUND: "off",
    DATABASE_URL: `file:${join(cwd, "tributary.db")}`,
    ...settingsOf("SURFE", provider.url),
    ...settingsOf("LETRICS", provider.url),
  };
  /** @type {MergedRun[]} */
  const runs = [];
  await withServer(CONTENDERS.own.script, { env, cwd }, async (server) => {
    await askText(server.url, JSON.stringify({ query: SAVE_PROFILE, variables: { user: USER } }));
    const cursors = { SURFE: await readAll(server.url, "SURFE"), merged: await readAll(server.url, "merged") };
    provider.close();
    for (let turn = 0; turn < rounds * TURNS; turn += 1) {
      for (const manner of /** @type {const} */ (["kept", "computed"])) {
        for (const list of ORDERS[turn % ORDERS.length] ?? []) {
          const pages = manner === "kept" ? everyHundredth(cursors[list]) : cursors[list].slice(0, PAGES_ANEW);
          const bodies = pages.map((after) => bodyOf(list, after));
          const measured = await measure(server, bodies, { warmMs, measureMs: sliceMs });
          runs.push({ list, manner, measured });
        }
      }
    }
  });
  return runs;
}

/** @param {"SURFE" | "LETRICS"} provider @param {string} url */
function settingsOf(provider, url) {
  return {
    [`${provider}_API_KEY`]: "bench",
    [`${provider}_BASE_URL`]: url,
    [`${provider}_RATE_PER_SECOND`]: "10000",
    [`${provider}_BURST`]: "10000",
  };
}

/** @param {List} list @param {string | null} after */
function bodyOf(list, after) {
  const providers = list === "merged" ? {} : { providers: [list] };
  return JSON.stringify({
    query: NARROWED,
    variables: { user: USER, first: PAGE, people: LEAST_PEOPLE, after, ...providers },
  });
}

/** The cursors of all rows of a list. @param {string} url @param {List} list @returns {Promise<string[]>} */
async function readAll(url, list) {
  /** @type {string[]} */
  const cursors = [];
  while (cursors.length < ROWS) {
    const text = await askText(url, bodyOf(list, cursors.at(-1) ?? null));
    const { edges } = JSON.parse(text).data.recommendations;
    if (edges.length === 0) throw new Error(`the list ${list} has ${cursors.length} rows, not ${ROWS}`);
    cursors.push(...edges.map((/** @type {{ cursor: string }} */ { cursor }) => cursor));
  }
  return cursors;
}

/** @param {string[]} cursors @returns {(string | null)[]} What the first pages begin after. */
function everyHundredth(cursors) {
  return Array.from({ length: PAGES }, (_, i) => (i === 0 ? null : (cursors[i * PAGE - 1] ?? null)));
}
