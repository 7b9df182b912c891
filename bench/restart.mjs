// A rolling restart, as docs/operations.md has it: two processes over PostgreSQL behind nginx, 200 requests a second. Prints how many
// requests failed, and fails where one did. `--bare` restarts without taking the replica out of the proxy first; `--rate 50` sends fewer requests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startCluster } from "../test/support/postgres/cluster.mjs";
import { DIST, fromDist } from "./from-dist.mjs";

const rate = process.argv.indexOf("--rate");
const PER_SECOND = rate === -1 ? 200 : Number(process.argv[rate + 1]);
const ROUNDS = 1;
const PAGE = "query Page($first: Int!) { recommendations(first: $first) { nodes { score company { name } } } }";
const SAVE = "mutation Save { upsertICP(input: {}) { icp { id } } }";

const isBare = process.argv.includes("--bare");
const folder = mkdtempSync(join(tmpdir(), "tributary-restart-"));
/** @type {(() => unknown)[]} */
const ends = [];

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
  probe.close();
  return port;
}

/** @param {string} url @param {string} query @param {object} [variables] */
async function ask(url, query, variables = {}) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const answer = /** @type {{ errors?: unknown }} */ (await response.json());
  if (response.status !== 200 || answer.errors) throw new Error(JSON.stringify(answer));
}

/** @param {number} port @param {Record<string, string>} env */
async function startReplica(port, env) {
  const child = spawn(process.execPath, [join(DIST, "main.js")], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      PORT: String(port),
      SANDBOX: "off",
      PLAYGROUND: "off",
      LOG_LEVEL: "warn",
      ...env,
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  while (
    !(await fetch(`http://127.0.0.1:${port}/readyz`)
      .then(({ ok }) => ok)
      .catch(() => false))
  )
    await pause(50);
  return child;
}

/** Starts nginx with the project's configuration, on another port. @param {readonly number[]} replicas */
async function startProxy(replicas) {
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  copyFileSync(new URL("../deploy/nginx/nginx.conf", import.meta.url), file);
  writeFileSync(file, readFileSync(file, "utf8").replace("listen 8080", `listen 127.0.0.1:${port}`));
  /** @param {number | null} down */
  const write = (down) => {
    const lines = replicas.map(
      (one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=2s${one === down ? " down" : ""};\n`,
    );
    writeFileSync(join(folder, "replicas.conf"), lines.join(""));
  };
  write(null);
  const pid = join(folder, "nginx.pid");
  const nginx = spawn("nginx", [
    "-p",
    folder,
    "-c",
    file,
    "-e",
    join(folder, "error.log"),
    "-g",
    `daemon off; pid ${pid};`,
  ]);
  ends.push(() => nginx.kill("SIGTERM"));
  await pause(500);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    /** What nginx has logged, and how often. */
    errors: () => {
      const reasons = /** @type {Map<string, number>} */ (new Map());
      for (const line of readFileSync(join(folder, "error.log"), "utf8").split("\n")) {
        const reason = /\[(?:warn|error|crit|alert)\] [^ ]+ (?:\*\d+ )?(.*?)(?:, client|$)/.exec(line)?.[1];
        if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
      return reasons;
    },
    /** @param {number | null} port */
    takeOut: async (port) => {
      write(port);
      nginx.kill("SIGHUP");
      await pause(1_000);
    },
  };
}

/** Sends requests at a steady rate until it is stopped. @param {string} url */
function startLoad(url) {
  const agent = new Agent({ keepAlive: false }); // a proxy that reads its configuration again closes idle connections of clients
  const seen = { sent: 0, failed: /** @type {string[]} */ ([]), open: 0, slowestMs: 0, seconds: 0 };
  const send = () => {
    const variables = { first: 1 + (seen.sent % 20) };
    const body = JSON.stringify(seen.sent % 100 === 0 ? { query: SAVE } : { query: PAGE, variables });
    const begun = performance.now();
    seen.sent += 1;
    seen.open += 1;
    /** @param {string | null} failure */
    const end = (failure) => {
      seen.open -= 1;
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - begun);
      if (failure) seen.failed.push(failure);
    };
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const call = request(url, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.once("end", () =>
        end(
          response.statusCode === 200 && !text.includes('"errors"')
            ? null
            : `${response.statusCode} ${text.slice(0, 200)}`,
        ),
      );
    });
    call.once("error", (error) => end(error.message)).end(body);
  };
  const begunAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - begunAt) / 1_000) * PER_SECOND;
    while (seen.sent < due) send();
  }, 5);
  return {
    seen,
    stop: async () => {
      clearInterval(timer);
      seen.seconds = (performance.now() - begunAt) / 1_000;
      while (seen.open > 0) await pause(20);
      agent.destroy();
    },
  };
}

try {
  const cluster = await startCluster();
  ends.push(() => cluster.end());
  const surfe = await fromDist("sandbox/surfe/surfe-simulator").startSurfeSimulator({ companies: 40, rateLimit: null });
  ends.push(() => surfe.close());
  const limits = { SURFE_RATE_PER_SECOND: "1000", SURFE_BURST: "1000" };
  const env = { DATABASE_URL: cluster.url, SURFE_API_KEY: "sandbox", SURFE_BASE_URL: surfe.url, ...limits };
  const ports = [await freePort(), await freePort()];
  /** @type {Map<number, import("node:child_process").ChildProcess>} */
  const replicas = new Map();
  for (const port of ports) replicas.set(port, await startReplica(port, env));
  ends.push(() => [...replicas.values()].forEach((child) => child.kill("SIGTERM")));
  const proxy = await startProxy(ports);
  await ask(proxy.url, SAVE);
  await ask(proxy.url, PAGE, { first: 20 });
  const load = startLoad(proxy.url);
  await pause(1_000);
  /** @type {number[]} */
  const stops = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const port of ports) {
      if (!isBare) await proxy.takeOut(port);
      const child = replicas.get(port);
      const begun = performance.now();
      child?.kill("SIGTERM");
      const [code] = child ? await once(child, "exit") : [0];
      if (code !== 0) throw new Error(`a replica ended with ${code}`);
      stops.push(Math.round(performance.now() - begun));
      replicas.set(port, await startReplica(port, env));
      if (!isBare) await proxy.takeOut(null);
      else await pause(2_500);
    }
  }
  await load.stop();
  const { sent, failed, slowestMs, seconds } = load.seen;
  console.log(
    `${sent} requests in ${seconds.toFixed(0)} s, ${failed.length} failed, the slowest took ${slowestMs.toFixed(0)} ms; ` +
      `stops took ${stops.join(", ")} ms`,
  );
  for (const failure of new Set(failed)) console.log(failure);
  for (const [reason, times] of proxy.errors()) console.log(`${times} times in the proxy's log: ${reason}`);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  for (const end of ends.reverse()) await end();
  rmSync(folder, { recursive: true, force: true });
}
