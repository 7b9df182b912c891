import type { Logger } from "pino";
import type { Environment } from "../config/settings-reader";
import type { Configuration } from "../wiring/configuration";
import type { Tenant } from "../wiring/open-tenants";

/** 0: done; 1: not. */
export type ExitStatus = 0 | 1;

/** An option of a command. */
export interface CommandOption {
  /** What stands for the value in the help, such as `ID`; `null`: the option takes no value. */
  readonly value: string | null;
  readonly isRequired?: boolean;
  readonly help: string;
}

/** A running server. */
export interface RunningServer {
  readonly url: string;
  reloadTenants(): void;
  stop(): Promise<void>;
}

/** What commands use of the process. */
export interface CommandContext {
  /** The variables of the process; a `.env` file in the working directory adds some. */
  readonly env: Environment;
  /** Prints lines to standard output. */
  readonly print: (text: string) => void;
  /** Prints lines to standard error. */
  readonly printError: (text: string) => void;
  /** Checks what a start needs of the graph and of the built pages. Rejects with what it would refuse. */
  readonly checkGraph: (config: Configuration) => Promise<void>;
  readonly startServer: (
    config: Configuration,
    options: { readonly log: Logger; readonly readTenants: () => readonly Tenant[] },
  ) => Promise<RunningServer>;
}

/** What was given to a command: the values of its options, and its operands, as many as it takes. */
export interface Given {
  /** The value of an option; `null` where it was not given. */
  option(name: string): string | null;
  readonly operands: readonly string[];
}

/** A command of `tributary`. */
export interface Command {
  readonly name: string;
  /** One line for the help of the program. */
  readonly summary: string;
  /** The rest of its own help: what it does, and when. */
  readonly about: string;
  /** Options by name, without `--help`. */
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Names of the operands; each has to be given. */
  readonly operands: readonly string[];
  /**
   * Runs the command.
   *
   * @throws an error whose message is printed: alone where it is one that users can act on, else with its stack.
   */
  run(given: Given, context: CommandContext): Promise<ExitStatus>;
}
