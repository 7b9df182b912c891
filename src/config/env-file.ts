import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { ConfigError } from "./config-error";
import { codeOf } from "./error-code";
import type { Environment } from "./settings-reader";

/** Variables, and what is wrong with the file that some of them come from. */
export interface FoundEnvironment {
  readonly env: Environment;
  /** One for each line that is no variable; no word of the line is in it. */
  readonly problems: readonly string[];
}

/** A comment, or nothing. */
const BLANK = /[ \t]*(?:#.*)?$/my;
/** A name, and a value in quotes, which may go over several lines, or one that does not begin with a quote. */
const VARIABLE =
  /[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*(?:(?:"[^"]*"|'[^']*'|`[^`]*`)[ \t]*(?:#.*)?|(?!["'`]).*)$/my;
const ANY_LINE = /.*$/my;

/**
 * `env` and what the file adds to it; a file that is not there adds nothing. A variable of `env` wins over the file's
 * even where it is empty, so that `SURFE_API_KEY= npm start` unsets one of the file.
 *
 * @throws {ConfigError} where the file is there and cannot be read.
 */
export function withEnvFile(path: string, env: Environment): FoundEnvironment {
  const { variables, stray } = linesOf(textOf(path));
  const real = Object.entries(env).filter(([, value]) => value !== undefined);
  return {
    env: { ...parseEnv(variables), ...Object.fromEntries(real) },
    problems: stray.map(
      (line) => `${path}: line ${String(line)} is no variable: write NAME=value, or # before a comment`,
    ),
  };
}

/**
 * The lines of a file that set variables, and the numbers, from 1, of those that are neither that nor a comment. Node's
 * parser passes over what it does not know, or takes it for the beginning of the next name, indented comments too.
 */
function linesOf(text: string): { readonly variables: string; readonly stray: readonly number[] } {
  const stray: number[] = [];
  const variables: string[] = [];
  for (let at = 0, end = 0; at < text.length; at = end + 1) {
    const variableEnd = endOf(VARIABLE, text, at);
    end = variableEnd ?? endOf(ANY_LINE, text, at) ?? text.length;
    if (variableEnd !== null) variables.push(text.slice(at, end));
    else if (endOf(BLANK, text, at) === null) stray.push(text.slice(0, at).split("\n").length);
  }
  return { variables: variables.join("\n"), stray };
}

/** Where the match ends that begins at `at`; `null` where none does. */
function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** The file with plain line ends and without a byte order mark, which some editors write; empty where there is no file. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8")
      .replace(/^\uFEFF/, "")
      .replace(/\r\n?/g, "\n");
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return "";
    throw new ConfigError([`${path}: cannot be read (${code ?? "unknown error"})`]);
  }
}
