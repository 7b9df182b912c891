import type { Settings } from "../settings/setting";
import { configOf, type Config } from "./config";
import type { ProvidersConfig, SettingsByProvider } from "./provider-values";
import { ConfigError } from "./config-error";
import { accessSettings } from "./access/access-settings";
import type { TenantConfig } from "./access/tenant-config";
import { readTenantsFile, type TenantsFile } from "./access/tenants-file";
import { checkAccess, checkBetween } from "./cross-checks";
import { limitSettings, OUR_PREFIXES, serverSettings } from "./server-settings";
import { SettingsReader, type Environment } from "./settings-reader";

/** The name of every variable that `readConfig` reads. */
export function variableNames(providers: SettingsByProvider): readonly string[] {
  const own = Object.values(providers).map(({ settings }) => settings);
  const groups: readonly Settings[] = [serverSettings, accessSettings, limitSettings, ...own];
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
  const access = reader.read(accessSettings);
  const limits = reader.read(limitSettings);
  const providerValues = Object.fromEntries(
    Object.entries(providers).map(([name, { settings }]) => [name, reader.read(settings)]),
  ) as ProvidersConfig<Providers>;
  checkAccess(reader, server, access);
  checkBetween(reader, server, providers, providerValues, access.tenantsFile !== null);
  const tenants = tenantsIn(env, providers, access.tenantsFile, providerValues, server.allowInsecureProviders);
  reader.refuse(unknownIn(env, providers), "is no variable of Tributary; .env.example lists all there are");
  const problems = [...found, ...reader.problems, ...(tenants?.problems ?? []).map(inTenantsFile)];
  if (problems.length > 0) throw new ConfigError(problems);
  return configOf(server, limits, providerValues, access, tenants?.tenants ?? null);
}

/**
 * Reads the tenants file again, with the variables that were read at the start.
 *
 * @throws {ConfigError} lists every problem, without values.
 */
export function readTenantsAgain<Providers extends SettingsByProvider>(
  env: Environment,
  providers: Providers,
): readonly TenantConfig<Providers>[] {
  const { tenants } = readConfig(env, providers);
  if (!tenants) throw new ConfigError([`${accessSettings.tenantsFile.variable}: is not set`]);
  return tenants;
}

function tenantsIn<Providers extends SettingsByProvider>(
  env: Environment,
  providers: Providers,
  path: string | null,
  defaults: ProvidersConfig<Providers>,
  allowInsecureProviders: boolean,
): TenantsFile<Providers> | null {
  return path === null ? null : readTenantsFile(path, { providers, defaults, env, allowInsecureProviders });
}

function inTenantsFile(problem: string): string {
  return `${accessSettings.tenantsFile.variable}: ${problem}`;
}

/** Variables with one of our prefixes that do not exist: a misspelt name must not be ignored silently. */
function unknownIn(env: Environment, providers: SettingsByProvider): readonly string[] {
  const known = new Set([...variableNames(providers)]);
  const prefixes = [...Object.keys(providers).map((name) => `${name}_`), ...OUR_PREFIXES];
  return Object.keys(env).filter((name) => !known.has(name) && prefixes.some((prefix) => name.startsWith(prefix)));
}
