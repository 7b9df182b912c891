import type { Command, CommandOption } from "./command";

/** The help of the program. */
export function programHelp(commands: readonly Command[]): string {
  const rows = commands.map((command): Row => [usageOf(command), command.summary]);
  return [
    "Usage: tributary [command] [options]",
    "",
    ...columns(rows),
    "",
    `Without a command it is ${commands[0]?.name ?? ""}. tributary COMMAND --help tells more.`,
    "Settings are environment variables, or lines of .env in the working directory: .env.example lists them all.",
  ].join("\n");
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]): Row => [optionText(name, option), option.help]);
  return [
    `Usage: tributary ${usageOf(command)}`,
    "",
    command.about,
    "",
    ...columns([...rows, ["--help", "prints this"]]),
  ].join("\n");
}

type Row = readonly [left: string, right: string];

/** The command with what it takes: `key --tenant ID [--scopes LIST]`. */
function usageOf({ name, options, operands }: Command): string {
  const optionTexts = Object.entries(options).map(([one, option]) =>
    option.isRequired ? optionText(one, option) : `[${optionText(one, option)}]`,
  );
  return [name, ...optionTexts, ...operands].join(" ");
}

function optionText(name: string, { value }: CommandOption): string {
  return value === null ? `--${name}` : `--${name} ${value}`;
}

function columns(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
