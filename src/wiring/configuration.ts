import type { Config } from "../config/config";
import { withEnvFile } from "../config/env-file";
import { readConfig, variableNames } from "../config/read-config";
import type { Environment } from "../config/settings-reader";
import { PROVIDER_SETTINGS } from "./provider-list";

/** The configuration of this program, with each provider's own settings. */
export type Configuration = Config<typeof PROVIDER_SETTINGS>;

/** The name of every variable that Tributary reads. */
export const VARIABLE_NAMES: readonly string[] = variableNames(PROVIDER_SETTINGS);

/** @throws {ConfigError} listing every problem there is; no value is in it. */
export function readConfiguration(env: Environment): Configuration {
  return readConfig(env, PROVIDER_SETTINGS);
}

/**
 * The configuration of this process: its environment, and what a `.env` file in the working directory adds.
 *
 * @throws {ConfigError} where a variable or a line of the file is bad, or the file is there and cannot be read.
 */
export function loadConfiguration(envFile = ".env", env: Environment = process.env): Configuration {
  const found = withEnvFile(envFile, env);
  return readConfig(found.env, PROVIDER_SETTINGS, found.problems);
}
