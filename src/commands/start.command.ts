import type { Logger } from "pino";
import { createLog } from "../server/log";
import { loadConfiguration, readTenants, type LoadedConfiguration } from "../wiring/configuration";
import { SECRET_HEADERS } from "../wiring/provider-list";
import type { Command, CommandContext, ExitStatus, RunningServer } from "./command";
import { isExpected } from "./error-message";

/** A stop may take this long; then the process ends in any case. */
const STOP_WITHIN_MS = 9_000;

export const startCommand: Command = {
  name: "start",
  summary: "starts the server (the default)",
  about:
    "Starts the server: creates or migrates the database, and listens on HOST and PORT. It logs one line with its URL when\n" +
    "it is ready, reads the tenants file again on SIGHUP, and stops on SIGTERM or SIGINT.",
  options: {},
  operands: [],
  run: async (_, context) => {
    const loaded = loadConfiguration(".env", context.env);
    shareTelemetryVariables(loaded.env);
    const log = createLog(loaded.config.logLevel, SECRET_HEADERS);
    try {
      await start(loaded, log, context);
      return 0;
    } catch (error) {
      return reportFailed(error, log);
    }
  },
};

/** The SDK of OpenTelemetry reads its variables from the process's environment alone: those of `.env` are added to it. */
function shareTelemetryVariables(env: LoadedConfiguration["env"]): void {
  for (const [name, value] of Object.entries(env)) if (name.startsWith("OTEL_")) process.env[name] = value;
}

async function start({ config, env }: LoadedConfiguration, log: Logger, context: CommandContext): Promise<void> {
  const server = await context.startServer(config, { log, readTenants: () => readTenants(env) });
  if (config.sandbox && config.tenants === null) {
    log.info("the sandbox answers for every provider: no key is needed, nothing is charged");
  }
  // graphql-js drops promises of list items where another item fails at once. No request may end the process.
  process.on("unhandledRejection", (error) =>
    log.error({ err: error }, "a promise that nobody waits for was rejected"),
  );
  process.on("SIGHUP", () => server.reloadTenants());
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info(`stopping on ${signal}`);
      void stop(server, log);
    });
  }
  // Last: a signal that is sent to a server that is ready is handled.
  log.info({ url: server.url }, `Tributary is ready at ${server.url}`);
}

async function stop(server: RunningServer, log: Logger): Promise<void> {
  const late = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
  try {
    await server.stop();
  } catch (error) {
    process.exitCode = reportFailed(error, log);
  }
  clearTimeout(late);
}

/** An error is a line of the log like any other. @throws the error, where nothing is logged. */
function reportFailed(error: unknown, log: Logger): ExitStatus {
  if (!log.isLevelEnabled("fatal")) throw error;
  if (isExpected(error)) log.fatal(error.message);
  else log.fatal({ err: error }, "unexpected error");
  return 1;
}
