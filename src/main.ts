import "reflect-metadata";
import { ConfigError } from "./config/config-error";
import { createLog } from "./server/log";
import { startTributary, type Tributary } from "./tributary";
import { loadConfiguration, readTenants } from "./wiring/configuration";
import { SECRET_HEADERS } from "./wiring/provider-list";

/** A stop may take this long; then the process ends in any case. */
const STOP_WITHIN_MS = 9_000;

async function main(): Promise<void> {
  const { config, env } = loadConfiguration();
  const log = createLog(config.logLevel, SECRET_HEADERS);
  const tributary = await startTributary(config, { log, readTenants: () => readTenants(env) });
  if (config.sandbox && config.tenants === null) {
    log.info("the sandbox answers for every provider: no key is needed, nothing is charged");
  }
  log.info({ url: tributary.url }, `Tributary is ready at ${tributary.url}`);
  process.on("SIGHUP", () => tributary.reloadTenants());
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info(`stopping on ${signal}`);
      void stop(tributary);
    });
  }
}

async function stop(tributary: Tributary): Promise<void> {
  const late = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
  try {
    await tributary.stop();
  } catch (error) {
    fail(error);
  }
  clearTimeout(late);
}

/** Prints an error without a logger; without a stack where the message says what to do. */
function fail(error: unknown): void {
  const known = error instanceof ConfigError || (error instanceof Error && "code" in error);
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail(error);
  process.exit(); // parts that were started already would keep the process running
});
