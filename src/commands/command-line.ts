import type { Command, CommandContext, ExitStatus } from "./command";
import { COMMANDS } from "./command-table";
import { messageOf } from "./error-message";
import { asksForHelp, givenTo } from "./given";
import { commandHelp, programHelp } from "./help-text";
import { UsageError } from "./usage-error";

/**
 * Runs the command that the arguments name. Never rejects: what goes wrong is printed.
 *
 * @param args the arguments after the program's name.
 * @returns the exit status. After `start` the server goes on.
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<ExitStatus> {
  try {
    const isNamed = args[0] !== undefined && !args[0].startsWith("-");
    const command = isNamed ? commandNamed(args) : COMMANDS[0];
    const rest = isNamed ? args.slice(args[0] === command.name ? 1 : 2) : args;
    if (asksForHelp(rest)) {
      context.print(isNamed ? commandHelp(command) : programHelp(COMMANDS));
      return 0;
    }
    return await command.run(givenTo(command, rest), context);
  } catch (error) {
    context.printError(messageOf(error));
    return 1;
  }
}

/** The command that the first arguments name; of `ledger` and `ledger settle` the longer one. */
function commandNamed(args: readonly string[]): Command {
  const [name] = args;
  const named = [args.slice(0, 2).join(" "), name].map((text) => COMMANDS.find((one) => one.name === text));
  const command = named.find((one) => one !== undefined);
  if (command) return command;
  const names = COMMANDS.map((one) => one.name).join(", ");
  throw new UsageError(`tributary has no command ${JSON.stringify(name)}. Commands: ${names}. See tributary --help`);
}
