import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { askText } from "../query.mjs";
import { CONTENDERS, withServer } from "../servers.mjs";
import { sendPaced } from "./send-paced.mjs";
import { keyOf, writeTenants } from "./tenants.mjs";

/** @typedef {import("./paced.mjs").Paced} Paced */
/** @typedef {{ streams: Paced[], changes: number }} ReloadRun */

const PER_SECOND = 1_000;
const CHANGE_MS = 1_000;
const TENANTS = ["acme", "globex"];
const SAVE = `mutation Save($user: String) { upsertICP(input: { externalUserId: $user }) { icp { externalUserId } } }`;
const READ = JSON.stringify({ query: "{ icps(first: 10) { nodes { externalUserId } } }" });

/**
 * 1,000 requests a second of two tenants, of which each has a profile of its own name, while the tenants file changes every
 * second: keys and limits come and go, and a tenant's providers change, so that its services are opened anew. A server is
 * told of each change by SIGHUP, besides that it looks itself.
 *
 * @param {{ directory: string, warmMs: number, reloadMs: number }} settings
 * @returns {Promise<ReloadRun>}
 */
export async function measureReloading({ directory, warmMs, reloadMs }) {
  const cwd = join(directory, "reloading");
  mkdirSync(cwd);
  const file = join(cwd, "tenants.json");
  writeTenants(file, tenantsAt(0));
  const env = { PORT: "0", PLAYGROUND: "off", AUTH: "api-key", TENANTS_FILE: file };
  const database = { DATABASE_URL: `file:${join(cwd, "tributary.db")}` };
  /** @type {ReloadRun} */
  const result = { streams: [], changes: 0 };
  await withServer(CONTENDERS.own.script, { env: { ...env, ...database }, cwd }, async ({ url, pid }) => {
    const streams = [];
    for (const name of TENANTS) {
      const headers = { "x-api-key": `${name}-key` };
      await askText(url, JSON.stringify({ query: SAVE, variables: { user: name } }), headers);
      const expected = await askText(url, READ, headers);
      streams.push({ name, body: READ, headers, perSecond: PER_SECOND / TENANTS.length, expected });
    }
    const changing = setInterval(() => {
      result.changes += 1;
      writeTenants(file, tenantsAt(result.changes));
      process.kill(pid, "SIGHUP");
    }, CHANGE_MS);
    try {
      result.streams = await sendPaced({ url, streams, warmMs, measureMs: reloadMs });
    } finally {
      clearInterval(changing);
    }
  });
  return result;
}

/** The tenants after so many changes. @param {number} changes @returns {import("./tenants.mjs").Tenant[]} */
function tenantsAt(changes) {
  return TENANTS.map((id, i) => {
    const others = changes % 2 === i ? [keyOf(`${id}-key-${changes}`)] : [];
    const apiKey = { apiKey: `bench-${(changes + i) % 3}` };
    const limit = changes % 3 === i ? { requestsPerMinute: 10_000_000 } : {};
    return { id, keys: [keyOf(`${id}-key`), ...others], providers: { surfe: apiKey }, ...limit };
  });
}
