import type { Config } from "../config/config";
import { withEnvFile } from "../config/env-file";
import { readConfig, readTenantsAgain, variableNames } from "../config/read-config";
import type { Environment } from "../config/settings-reader";
import { DESCRIPTORS } from "./provider-list";

/** The configuration of this program, with each provider's own settings. */
export type Configuration = Config<typeof DESCRIPTORS>;

/** The name of every variable that Tributary reads. */
export const VARIABLE_NAMES: readonly string[] = variableNames(DESCRIPTORS);

/** Reads the configuration from `env`. @throws {ConfigError} lists every problem, without values. */
export function readConfiguration(env: Environment): Configuration {
  return readConfig(env, DESCRIPTORS);
}

/** Reads the tenants file again. @throws {ConfigError} lists every problem, without values. */
export function readTenants(env: Environment): NonNullable<Configuration["tenants"]> {
  return readTenantsAgain(env, DESCRIPTORS);
}

/**
 * The configuration of this process: its environment, and the variables that a `.env` file in the working directory adds.
 *
 * @throws {ConfigError} a variable or a line of the file is invalid, or the file cannot be read.
 */
export function loadConfiguration(envFile = ".env", env: Environment = process.env): LoadedConfiguration {
  const found = withEnvFile(envFile, env);
  return { config: readConfig(found.env, DESCRIPTORS, found.problems), env: found.env };
}

/** The configuration, and the variables that it was read from. */
export interface LoadedConfiguration {
  readonly config: Configuration;
  readonly env: Environment;
}
