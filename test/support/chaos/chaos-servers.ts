import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProcess, type ServerProcess } from "../server-process";
import { CHAOS_TENANTS, keyOf } from "./chaos-lists";
import { CHAOS_PROVIDERS, providerKeyOf, type ChaosSimulators } from "./chaos-simulators";

const READY = /ready at (http:\S+?)"/;

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
  start(): Promise<void>;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

export function chaosServer(folder: string, env: Env): ChaosServer {
  let process: ServerProcess | null = null;
  let url: string | null = null;
  return {
    get url() {
      return url;
    },
    start: async () => {
      for (url = null; url === null;) {
        process = startProcess(folder, env);
        url = await process.printed(READY).catch(() => null); // PostgreSQL may be away
      }
    },
    kill: async (signal) => {
      url = null;
      process?.kill(signal);
      await process?.exited;
    },
  };
}
