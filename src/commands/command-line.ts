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
    const [name] = args;
    const isNamed = name !== undefined && !name.startsWith("-");
    const command = isNamed ? commandNamed(name) : COMMANDS[0];
    const rest = isNamed ? args.slice(1) : args;
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

function commandNamed(name: string): Command {
  const command = COMMANDS.find((one) => one.name === name);
  if (command) return command;
  const names = COMMANDS.map((one) => one.name).join(", ");
  throw new UsageError(`tributary has no command ${JSON.stringify(name)}. Commands: ${names}. See tributary --help`);
}
