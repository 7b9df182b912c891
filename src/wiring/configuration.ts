import type { Config } from "../config/config";
import { withEnvFile } from "../config/env-file";
import { readConfig, variableNames } from "../config/read-config";
import type { Environment } from "../config/settings-reader";
import { DESCRIPTORS } from "./provider-list";

/** The configuration of this program, with each provider's own settings. */
export type Configuration = Config<typeof DESCRIPTORS>;

/** The name of every variable that Tributary reads. */
export const VARIABLE_NAMES: readonly string[] = variableNames(DESCRIPTORS);

/** @throws {ConfigError} listing every problem there is; no value is in it. */
export function readConfiguration(env: Environment): Configuration {
  return readConfig(env, DESCRIPTORS);
}

/**
 * The configuration of this process: its environment, and what a `.env` file in the working directory adds.
 *
 * @throws {ConfigError} where a variable or a line of the file is bad, or the file is there and cannot be read.
 */
export function loadConfiguration(envFile = ".env", env: Environment = process.env): Configuration {
  const found = withEnvFile(envFile, env);
  return readConfig(found.env, DESCRIPTORS, found.problems);
}
