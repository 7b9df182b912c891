import type { DatabaseVersion } from "../store/migrations/versions";
import { loadConfiguration, type Configuration } from "../wiring/configuration";
import { tryToListen } from "../wiring/listen-refusal";
import { inspectStoreDatabase } from "../wiring/open-store-database";
import { configuredText } from "./configured-text";
import type { Command, CommandContext } from "./command";
import { messageOf } from "./error-message";

export const checkCommand: Command = {
  name: "check",
  summary: "says what keeps the server from starting, and what is configured",
  about:
    "Checks everything that start would refuse, and changes nothing: the configuration, the tenants file, the database and its\n" +
    "version, the address. Prints what is configured, without secrets. The exit status is 1 where start would refuse, which it\n" +
    "does too while a server runs: its address and its SQLite file are in use.",
  options: {},
  operands: [],
  run: async (_, context) => {
    const { env, print, printError } = context;
    const { config } = loadConfiguration(".env", env);
    const { version, problems } = await inspect(config, context);
    print(configuredText(config, version));
    if (problems.length === 0) print("start finds nothing to refuse");
    else
      printError(
        ["start would refuse:", ...problems.map((problem) => `  ${problem.replaceAll("\n", "\n  ")}`)].join("\n"),
      );
    return problems.length === 0 ? 0 : 1;
  },
};

interface Found {
  /** `null`: the database cannot be used. */
  readonly version: DatabaseVersion | null;
  readonly problems: readonly string[];
}

async function inspect(config: Configuration, context: CommandContext): Promise<Found> {
  const problems: string[] = [];
  const note = (error: unknown): null => {
    problems.push(messageOf(error));
    return null;
  };
  const version = await inspectStoreDatabase(config.database).catch(note);
  await tryToListen(config.server).catch(note);
  await context.checkGraph(config).catch(note);
  return { version, problems };
}
