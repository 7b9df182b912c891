import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Config } from "./config";
import { ConfigError } from "./config-error";
import { codeOf } from "./error-code";
import { type Environment, readConfig } from "./read-config";

/**
 * The configuration of this process: its environment, and what a `.env` file in the working directory adds.
 *
 * @throws {ConfigError} where a variable is bad or the file is there and cannot be read.
 */
export function loadConfig(envFile = ".env", env: Environment = process.env): Config {
  return readConfig(withEnvFile(envFile, env));
}

/**
 * `env` and what the file adds to it; a file that is not there adds nothing. A variable of `env` wins over the file's
 * even where it is empty, so that `SURFE_API_KEY= npm start` unsets one of the file.
 *
 * @throws {ConfigError} where the file is there and cannot be read.
 */
export function withEnvFile(path: string, env: Environment): Environment {
  const real = Object.entries(env).filter(([, value]) => value !== undefined);
  return { ...parseEnv(textOf(path)), ...Object.fromEntries(real) };
}

/** The file without a byte order mark, which some editors write; empty where there is no file. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return "";
    throw new ConfigError([`${path}: cannot be read (${code ?? "unknown error"})`]);
  }
}
