import "reflect-metadata";
import { ConfigError } from "./config/config-error";
import { createLog } from "./server/log";
import { startTributary, type Tributary } from "./tributary";
import { loadConfiguration } from "./wiring/configuration";
import { SECRET_HEADERS } from "./wiring/provider-list";

/** How long a stop may take before the process ends all the same. */
const STOP_WITHIN_MS = 9_000;

async function main(): Promise<void> {
  const config = loadConfiguration();
  const log = createLog(config.logLevel, SECRET_HEADERS);
  const tributary = await startTributary(config, { log });
  if (config.sandbox) log.info("the sandbox answers for every provider: no key is needed, nothing is charged");
  log.info({ url: tributary.url }, `Tributary is ready at ${tributary.url}`);
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

/** Without a logger yet, and without a stack where the message says what to do. */
function fail(error: unknown): void {
  const known = error instanceof ConfigError || (error instanceof Error && "code" in error);
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail(error);
  process.exit(); // whatever was started already would keep the process up
});
