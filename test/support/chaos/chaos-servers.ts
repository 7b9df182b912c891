import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProcess, type ServerProcess } from "../server-process";
import { CHAOS_TENANTS, keyOf } from "./chaos-lists";
import { CHAOS_PROVIDERS, providerKeyOf, type ChaosSimulators } from "./chaos-simulators";

const READY = /ready at (http:\S+?)"/;

/** Of what a process that ended by itself had printed last, so many characters. */
const OUTPUT = 2_000;

type Env = Readonly<Record<string, string>>;

/** Writes the tenants file into `folder`. @returns the variables of the servers. */
export function chaosEnvironment(folder: string, databaseUrl: string, { byProvider }: ChaosSimulators): Env {
  const path = join(folder, "tenants.json");
  const tenants = CHAOS_TENANTS.map((id) => {
    const sha256 = createHash("sha256").update(keyOf(id)).digest("hex");
    const providers = Object.fromEntries(
      CHAOS_PROVIDERS.map((provider) => [provider.toLowerCase(), { apiKey: providerKeyOf(id) }]),
    );
    return { id, keys: [{ name: "chaos", sha256 }], providers };
  });
  writeFileSync(path, JSON.stringify({ tenants }));
  const settings = CHAOS_PROVIDERS.map((provider) => ({
    [`${provider}_BASE_URL`]: byProvider[provider].url,
    [`${provider}_TIMEOUT_MS`]: "3000",
    [`${provider}_RATE_PER_SECOND`]: "200",
    [`${provider}_BURST`]: "200",
  }));
  return Object.assign({ AUTH: "api-key", TENANTS_FILE: path, DATABASE_URL: databaseUrl }, ...settings) as Env;
}

/** A server that is killed and started again. */
export interface ChaosServer {
  /** Where it listens; `null` while it is not there. */
  readonly url: string | null;
  /** How it ended where nobody killed it, once it had been ready. */
  readonly ownEnds: readonly string[];
  start(): Promise<void>;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

export function chaosServer(folder: string, env: Env): ChaosServer {
  let process: ServerProcess | null = null;
  let url: string | null = null;
  const ownEnds: string[] = [];
  const watch = async ({ exited }: ServerProcess, readyAt: string): Promise<void> => {
    const { code, stdout, stderr } = await exited;
    if (url === readyAt) ownEnds.push(`${String(code)}: ${stdout.slice(-OUTPUT)}${stderr.slice(-OUTPUT)}`);
  };
  return {
    ownEnds,
    get url() {
      return url;
    },
    start: async () => {
      for (url = null; url === null;) {
        process = startProcess(folder, env);
        url = await process.printed(READY).catch(() => null); // PostgreSQL may be away
        if (url !== null) void watch(process, url);
      }
    },
    kill: async (signal) => {
      url = null;
      process?.kill(signal);
      await process?.exited;
    },
  };
}
