import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { measure } from "../measure.mjs";
import { fillRecord } from "../record.mjs";
import { CONTENDERS, withServer } from "../servers.mjs";
import { walkPages } from "../walk.mjs";
import { startIssuer } from "./issuer.mjs";
import { keyOf, writeTenants } from "./tenants.mjs";

/** @typedef {import("../load.mjs").Measured} Measured */
/** @typedef {"none" | "api-key" | "jwt"} Auth */
/** @typedef {{ auth: Auth, measured: Measured }} OverheadRun */

const ROWS = 400;
const FIRST = 25;
const PAGES = 8;
const KEY = "bench-key";
/** Each round asks in another order: whoever comes first finds the machine as the one before left it. */
const ORDERS = /** @type {const} */ ([
  ["none", "api-key", "jwt"],
  ["jwt", "none", "api-key"],
  ["api-key", "jwt", "none"],
]);

/**
 * Recorded pages, by callers without credentials, with a key and with a token: three servers at the same time, each over a
 * copy of the record, in turns.
 *
 * @param {{ directory: string, turns: number, warmMs: number, sliceMs: number }} settings
 * @returns {Promise<OverheadRun[]>}
 */
export async function measureOverhead({ directory, turns, warmMs, sliceMs }) {
  const folder = join(directory, "overhead");
  mkdirSync(folder);
  const { env } = await fillRecord(folder, ROWS);
  const issuer = await startIssuer();
  const file = join(folder, "tenants.json");
  writeTenants(file, [{ id: "default", keys: [keyOf(KEY)], providers: { surfe: { apiKey: "bench" } } }]);
  const kinds = {
    none: { env: {}, headers: {} },
    "api-key": { env: { AUTH: "api-key", TENANTS_FILE: file, SURFE_API_KEY: "" }, headers: { "x-api-key": KEY } },
    jwt: { env: { AUTH: "jwt", ...issuer.env }, headers: { authorization: `Bearer ${issuer.token}` } },
  };
  /** @param {Auth} auth @param {(server: import("../servers.mjs").Running) => Promise<void>} use */
  const withKind = (auth, use) => {
    const cwd = copyOf(folder, join(directory, `overhead-${auth}`));
    const own = { ...env, ...kinds[auth].env, DATABASE_URL: `file:${join(cwd, "tributary.db")}` };
    return withServer(CONTENDERS.own.script, { env: own, cwd }, use);
  };
  /** @type {OverheadRun[]} */
  const runs = [];
  await withKind("none", (none) =>
    withKind("api-key", (keyed) =>
      withKind("jwt", async (tokened) => {
        const servers = { none, "api-key": keyed, jwt: tokened };
        const { bodies } = await walkPages(none.url, { first: FIRST, pages: PAGES });
        // A server's first thousands of requests run code that is not compiled yet.
        for (const auth of ORDERS[0]) {
          await measure(servers[auth], bodies, { warmMs, measureMs: 3 * sliceMs, headers: kinds[auth].headers });
        }
        for (let turn = 0; turn < turns; turn += 1) {
          for (const auth of ORDERS[turn % ORDERS.length] ?? []) {
            const { headers } = kinds[auth];
            const measured = await measure(servers[auth], bodies, { warmMs, measureMs: sliceMs, headers });
            runs.push({ auth, measured });
          }
        }
      }),
    ),
  );
  issuer.close();
  return runs;
}

/** @param {string} folder with a record that no server has open @param {string} copy */
function copyOf(folder, copy) {
  mkdirSync(copy);
  for (const name of readdirSync(folder).filter((one) => one.startsWith("tributary.db"))) {
    copyFileSync(join(folder, name), join(copy, name));
  }
  return copy;
}
