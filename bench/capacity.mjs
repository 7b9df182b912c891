import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { keyOf, writeTenants } from "./callers/tenants.mjs";
import { bytesInPostgres, copyInPostgres, copyInSqlite } from "./capacity/copy-tenant.mjs";
import { measureCapacity, recordTemplate } from "./capacity/measure-capacity.mjs";
import { pinned } from "./cores.mjs";

/** @typedef {import("./capacity/measure-capacity.mjs").Seen} Seen */
/** @typedef {{ tenants: number, users: number }} Size `users`: lists of a tenant, each of 200 companies with 5 people each */
/** @typedef {{ database: "SQLite" | "PostgreSQL", records: number, bytes: number, seen: Seen }} Found */

const quick = process.argv.includes("--quick");
/** Only one database: `--sqlite` or `--postgres`. */
const measured = /** @type {const} */ (["SQLite", "PostgreSQL"]).filter(
  (name) => !process.argv.includes(name === "SQLite" ? "--postgres" : "--sqlite"),
);
/** @type {{ small: Size, large: Size }} */
const SIZES = {
  small: { tenants: 20, users: 1 },
  large: quick ? { tenants: 40, users: 2 } : { tenants: 200, users: 9 },
};

const directory = mkdtempSync(join(tmpdir(), "tributary-capacity-"));
const begun = performance.now();
const provider = spawn(...pinned("load", [fileURLToPath(new URL("writes/provider.mjs", import.meta.url))]), {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const [line] = await once(/** @type {import("node:stream").Readable} */ (provider.stdout), "data");
  const { url } = JSON.parse(String(line));
  for (const database of measured) {
    const [small, large] = [await measure(database, "small", url), await measure(database, "large", url)];
    print(small, large);
  }
  console.log(`${((performance.now() - begun) / 60_000).toFixed(1)} minutes`);
} finally {
  provider.kill();
  rmSync(directory, { recursive: true, force: true });
}

/** @param {Found["database"]} database @param {keyof typeof SIZES} size @param {string} provided @returns {Promise<Found>} */
async function measure(database, size, provided) {
  const cwd = join(directory, `${database}-${size}`);
  mkdirSync(cwd);
  if (database === "SQLite") {
    const file = join(cwd, "tributary.db");
    const bytes = async () =>
      readdirSync(cwd)
        .filter((name) => name.startsWith("tributary.db"))
        .reduce((all, name) => all + statSync(join(cwd, name)).size, 0);
    return fillAndMeasure(database, {
      ...SIZES[size],
      cwd,
      provided,
      url: `file:${file}`,
      bytes,
      copy: (tenants) => copyInSqlite(file, tenants),
    });
  }
  const { startCluster } = await import("../test/support/postgres/cluster.mjs");
  const { url, end } = await startCluster({ isDurable: true });
  try {
    return await fillAndMeasure(database, {
      ...SIZES[size],
      cwd,
      provided,
      url,
      bytes: () => bytesInPostgres(url),
      copy: (tenants) => copyInPostgres(url, tenants),
    });
  } finally {
    await end();
  }
}

/**
 * @param {Found["database"]} database
 * @param {Size & { cwd: string, provided: string, url: string, bytes: () => Promise<number>, copy: (tenants: number) => Promise<Record<string, number>> }} options
 * @returns {Promise<Found>}
 */
async function fillAndMeasure(database, { tenants, users, cwd, provided, url, bytes, copy }) {
  const file = join(cwd, "tenants.json");
  const surfe = { apiKey: "bench", baseUrl: provided, ratePerSecond: 100_000, burst: 100_000 };
  const ids = Array.from({ length: tenants }, (_, i) => `t${i + 1}`);
  writeTenants(
    file,
    ids.map((id) => ({ id, keys: [keyOf(`${id}-key`)], providers: { surfe } })),
  );
  const env = { PORT: "0", PLAYGROUND: "off", AUTH: "api-key", TENANTS_FILE: file, DATABASE_URL: url };
  const setting = { url, env, cwd, tenants };
  await recordTemplate(setting, users);
  const counts = await copy(tenants);
  const stored = await bytes();
  console.error(
    `${database}: ${JSON.stringify(counts)}, ${(stored / 1e6).toFixed(0)} MB, ${((performance.now() - begun) / 1_000).toFixed(0)} s`,
  );
  return { database, records: counts.record ?? 0, bytes: stored, seen: await measureCapacity(setting) };
}

/** @param {Found} small @param {Found} large */
function print(small, large) {
  const of = ({ records, bytes }) =>
    `${records.toLocaleString("en")} records, ${(bytes / 1e6).toFixed(0)} MB, ${(bytes / records).toFixed(0)} bytes each`;
  console.log(`${large.database}: ${of(small)}; ${of(large)}`);
  for (const name of /** @type {(keyof Seen)[]} */ (Object.keys(large.seen))) {
    const [few, many] = [small.seen[name], large.seen[name]];
    console.log(
      `${name.padEnd(10)} ${few.toFixed(2).padStart(10)} ${many.toFixed(2).padStart(10)}  ${(many / few).toFixed(2)} times`,
    );
  }
}
