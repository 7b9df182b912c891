import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startProvider } from "../provider.mjs";
import { askText, pageBody, saveProfile } from "../query.mjs";
import { CONTENDERS, withServer } from "../servers.mjs";
import { sendPaced } from "./send-paced.mjs";
import { keyOf, writeTenants } from "./tenants.mjs";

/** @typedef {import("./paced.mjs").Stream} Stream */
/** @typedef {"alone" | "recorded pages" | "open breaker" | "spent budget" | "flood"} Beside */
/** @typedef {{ beside: Beside, quietP99Ms: number, quietP50Ms: number, wrong: number, statuses: Record<string, number> }} SideRun */

const ROWS = 200;
const QUIET_PER_SECOND = 50;
const NOISY_PER_SECOND = 50;
const FLOOD_PER_SECOND = 300;
const QUIET = { "x-api-key": "quiet-key" };

/**
 * The time that one tenant waits for recorded pages: alone, and beside another tenant who asks for recorded pages too, whose
 * provider is down, whose budget is spent, or who sends more requests than it may. In turns, on one server. What recorded pages
 * of another cost is the processor that both share: nothing has gone wrong there.
 *
 * @param {{ directory: string, turns: number, warmMs: number, sliceMs: number }} settings
 * @returns {Promise<SideRun[]>}
 */
export async function measureSideBySide({ directory, turns, warmMs, sliceMs }) {
  const cwd = join(directory, "side-by-side");
  mkdirSync(cwd);
  const provider = await startProvider(ROWS);
  const file = join(cwd, "tenants.json");
  writeTenants(file, tenantsOf(provider.url));
  const env = { PORT: "0", PLAYGROUND: "off", AUTH: "api-key", TENANTS_FILE: file };
  const database = { DATABASE_URL: `file:${join(cwd, "tributary.db")}` };
  /** @type {SideRun[]} */
  const runs = [];
  await withServer(CONTENDERS.own.script, { env: { ...env, ...database }, cwd }, async ({ url }) => {
    for (const tenant of ["quiet", "busy", "down", "spent", "flood"])
      await saveProfile(url, { "x-api-key": `${tenant}-key` });
    const body = pageBody({ first: 10, people: 5, after: null });
    const expected = await askText(url, body, QUIET).then(() => askText(url, body, QUIET));
    const quiet = { name: "quiet", body, headers: QUIET, perSecond: QUIET_PER_SECOND, expected };
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [beside, others] of Object.entries(noiseOf(body))) {
        const streams = [quiet, ...others];
        const [measured, noise] = await sendPaced({ url, streams, warmMs, measureMs: sliceMs });
        if (!measured) throw new Error("nothing was measured");
        const { p99Ms: quietP99Ms, p50Ms: quietP50Ms, wrong, lost } = measured;
        runs.push({
          beside: /** @type {Beside} */ (beside),
          quietP99Ms,
          quietP50Ms,
          wrong: wrong + lost,
          statuses: noise?.statuses ?? {},
        });
      }
    }
  });
  provider.close();
  return runs;
}

/** @param {string} url @returns {import("./tenants.mjs").Tenant[]} */
function tenantsOf(url) {
  const surfe = { apiKey: "bench", baseUrl: url, ratePerSecond: 10_000, burst: 10_000 };
  return [
    { id: "quiet", keys: [keyOf("quiet-key")], providers: { surfe } },
    { id: "busy", keys: [keyOf("busy-key")], providers: { surfe } },
    { id: "down", keys: [keyOf("down-key")], providers: { surfe: { ...surfe, baseUrl: "http://127.0.0.1:9" } } },
    { id: "spent", keys: [keyOf("spent-key")], providers: { surfe: { ...surfe, creditBudget: 0 } } },
    { id: "flood", keys: [keyOf("flood-key")], providers: { surfe }, requestsPerMinute: 60 },
  ];
}

/** What the other tenant sends. @param {string} body @returns {Record<Beside, Stream[]>} */
function noiseOf(body) {
  /** @type {(name: string, perSecond: number) => Stream[]} */
  const of = (name, perSecond) => [{ name, body, headers: { "x-api-key": `${name}-key` }, perSecond }];
  return {
    alone: [],
    "recorded pages": of("busy", NOISY_PER_SECOND),
    "open breaker": of("down", NOISY_PER_SECOND),
    "spent budget": of("spent", NOISY_PER_SECOND),
    flood: of("flood", FLOOD_PER_SECOND),
  };
}
