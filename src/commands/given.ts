import { parseArgs } from "node:util";
import type { Command, Given } from "./command";
import { UsageError } from "./usage-error";

/** Whether the arguments ask for help, wherever they do so. */
export function asksForHelp(args: readonly string[]): boolean {
  const before = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  return before.some((arg) => arg === "--help" || arg === "-h");
}

/** Reads the arguments of a command. @throws {UsageError} they are not what it takes. */
export function givenTo(command: Command, args: readonly string[]): Given {
  const { tokens } = parseArgs({ args: [...args], options: typesOf(command), strict: false, tokens: true });
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
    if (!option) throw wrong(command, `has no option ${token.rawName}`);
    if (values.has(token.name)) throw wrong(command, `takes --${token.name} once`);
    const isMissing = token.value === undefined || (!token.inlineValue && token.value.startsWith("-"));
    if (option.value === null && token.value !== undefined)
      throw wrong(command, `takes --${token.name} without a value`);
    if (option.value !== null && isMissing) throw wrong(command, `takes --${token.name} with a value`);
    values.set(token.name, token.value ?? "");
  }
  checkComplete(command, values, operands);
  return { option: (name) => values.get(name) ?? null, operands };
}

function typesOf({ options }: Command): Record<string, { type: "string" | "boolean" }> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [name, { type: value === null ? "boolean" : "string" }]),
  );
}

function checkComplete(command: Command, values: ReadonlyMap<string, string>, operands: readonly string[]): void {
  const missing = Object.entries(command.options).filter(([name, { isRequired }]) => isRequired && !values.has(name));
  if (missing.length > 0) throw wrong(command, `needs ${missing.map(([name]) => `--${name}`).join(" and ")}`);
  if (operands.length === command.operands.length) return;
  const expected = command.operands.join(" ");
  throw wrong(command, expected === "" ? "takes nothing but options" : `takes one ${expected}`);
}

function wrong({ name }: Command, problem: string): UsageError {
  return new UsageError(`tributary ${name} ${problem}. See tributary ${name} --help`);
}
