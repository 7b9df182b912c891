import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { ConfigError } from "./config-error";
import { codeOf } from "./error-code";
import type { Environment } from "./settings-reader";

/** Variables, and the problems of the file that some of them come from. */
export interface FoundEnvironment {
  readonly env: Environment;
  /** One for each line that is no variable, without any text of the line. */
  readonly problems: readonly string[];
}

/** A comment, or nothing. */
const BLANK = /[ \t]*(?:#.*)?$/my;
/** A name, and a value: in quotes, then also over several lines, or without quotes. */
const VARIABLE =
  /[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*(?:(?:"[^"]*"|'[^']*'|`[^`]*`)[ \t]*(?:#.*)?|(?!["'`]).*)$/my;
const ANY_LINE = /.*$/my;

/**
 * `env`, and the variables that the file adds to it; a missing file adds none. A variable in `env` is preferred, even if it is
 * empty: `SURFE_API_KEY= npm start` unsets the one in the file.
 *
 * @throws {ConfigError} the file exists and cannot be read.
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
 * The lines of a file that set variables, and the numbers (from 1) of the lines that are neither that nor a comment. Node's
 * parser skips unknown lines, or takes them as the beginning of the next name, even indented comments.
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

/** The end of the match that begins at `at`; `null` where there is none. */
function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** The text of the file with `\n` line ends and without a byte order mark; empty where there is no file. */
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
