import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LEAST_PEOPLE, startProvider } from "./provider.mjs";
import { readPage, saveProfile } from "./query.mjs";
import { CONTENDERS, withServer } from "./servers.mjs";

/** The most that one page has. */
const PAGE = 100;
/** What the two compared servers hold: more than is asked of them, and too little to burden their collector. */
const HELD_ROWS = 2_200;

/**
 * Fills Tributary's record by paging through a provider, which is gone when anything is measured, and hands its first
 * rows on as the data of the servers it is compared with.
 *
 * @param {string} directory
 * @param {number} rows
 * @returns {Promise<{ env: Record<string, string>, cursors: string[] }>} What every server is started with, and the
 *   cursor of each row.
 */
export async function fillRecord(directory, rows) {
  const provider = await startProvider(rows);
  const data = join(directory, "held.json");
  const env = {
    PORT: "0",
    PLAYGROUND: "off",
    DATABASE_URL: `file:${join(directory, "tributary.db")}`,
    SURFE_API_KEY: "bench",
    SURFE_BASE_URL: provider.url,
    SURFE_RATE_PER_SECOND: "10000",
    SURFE_BURST: "10000",
    BENCH_DATA: data,
  };
  const edges = await withServer(CONTENDERS.own.script, { env, cwd: directory }, ({ url }) => readAll(url));
  provider.close();
  if (edges.length !== rows) throw new Error(`the record has ${edges.length} rows, not ${rows}`);
  const held = edges.slice(0, HELD_ROWS).map((/** @type {any} */ { node }) => ({ ...node, people: node.people.nodes }));
  writeFileSync(data, JSON.stringify(held));
  return { env, cursors: edges.map((/** @type {any} */ { cursor }) => cursor) };
}

/** Every row of the profile's recommendations. @param {string} url @returns {Promise<any[]>} */
async function readAll(url) {
  await saveProfile(url);
  const edges = [];
  for (let after = null, more = true; more;) {
    const page = await readPage(url, { first: PAGE, people: LEAST_PEOPLE, after });
    edges.push(...page.edges);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return edges;
}
