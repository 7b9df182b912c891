import type { Settings } from "../settings/setting";
import { configOf, type Config, type ProvidersConfig, type SettingsByProvider } from "./config";
import { ConfigError } from "./config-error";
import { checkBetween } from "./cross-checks";
import { limitSettings, NOT_SUPPORTED_YET, OUR_PREFIXES, serverSettings } from "./server-settings";
import { SettingsReader, type Environment } from "./settings-reader";

/** The name of every variable that `readConfig` reads. */
export function variableNames(providers: SettingsByProvider): readonly string[] {
  const own = Object.values(providers).map(({ settings }) => settings);
  const groups: readonly Settings[] = [serverSettings, limitSettings, ...own];
  return groups.flatMap((group) => Object.values(group).map(({ variable }) => variable));
}

/**
 * Reads the configuration from `env`.
 *
 * @param found problems that are known already; they are listed first.
 * @throws {ConfigError} lists every problem, without values.
 */
export function readConfig<Providers extends SettingsByProvider>(
  env: Environment,
  providers: Providers,
  found: readonly string[] = [],
): Config<Providers> {
  const reader = new SettingsReader(env);
  const server = reader.read(serverSettings);
  const limits = reader.read(limitSettings);
  const providerValues = Object.fromEntries(
    Object.entries(providers).map(([name, { settings }]) => [name, reader.read(settings)]),
  ) as ProvidersConfig<Providers>;
  checkBetween(reader, server, providers, providerValues);
  reader.refuse(NOT_SUPPORTED_YET, "is not supported by this version yet; leave it unset");
  reader.refuse(unknownIn(env, providers), "is no variable of Tributary; .env.example lists all there are");
  const problems = [...found, ...reader.problems];
  if (problems.length > 0) throw new ConfigError(problems);
  return configOf(server, limits, providerValues);
}

/** Variables with one of our prefixes that do not exist: a misspelt name must not be ignored silently. */
function unknownIn(env: Environment, providers: SettingsByProvider): readonly string[] {
  const known = new Set([...variableNames(providers), ...NOT_SUPPORTED_YET]);
  const prefixes = [...Object.keys(providers).map((name) => `${name}_`), ...OUR_PREFIXES];
  return Object.keys(env).filter((name) => !known.has(name) && prefixes.some((prefix) => name.startsWith(prefix)));
}
