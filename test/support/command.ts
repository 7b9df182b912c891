import { runCommandLine } from "../../src/commands/command-line";
import { checkGraph } from "../../src/wiring/check-graph";

/** What a command printed, and its exit status. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, with these variables and no others; `start` cannot be run. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const printed = { stdout: "", stderr: "" };
  const status = await runCommandLine(args, {
    env: { PLAYGROUND: "off", ...env },
    print: (text) => void (printed.stdout += `${text}\n`),
    printError: (text) => void (printed.stderr += `${text}\n`),
    checkGraph: (config) => Promise.resolve().then(() => checkGraph(config)),
    startServer: () => Promise.reject(new Error("the server was started")),
  });
  return { status, ...printed };
}
