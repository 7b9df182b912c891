import { readFileSync } from "node:fs";
import type { Settings } from "../../settings/setting";
import type { ProvidersConfig, SettingsByProvider } from "../provider-values";
import { codeOf } from "../error-code";
import type { Environment } from "../settings-reader";

/** The values in the file: provider → setting → value. */
type Given = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface TenantProvidersOptions<Providers extends SettingsByProvider> {
  readonly providers: Providers;
  readonly defaults: ProvidersConfig<Providers>;
  readonly env: Environment;
}

/**
 * The settings of a tenant's providers: those in the file, and for the others those of the environment. Secrets are never
 * taken from the environment's own variables.
 *
 * @param at the place in the file, for problems.
 */
export function providerValues<Providers extends SettingsByProvider>(
  given: Given,
  { providers, defaults, env }: TenantProvidersOptions<Providers>,
  at: string,
): { readonly providers: ProvidersConfig<Providers>; readonly problems: readonly string[] } {
  const problems = Object.keys(given)
    .filter((name) => !Object.hasOwn(providers, name.toUpperCase()) || name !== name.toLowerCase())
    .map((name) => `${at}: has no field ${JSON.stringify(name.slice(0, 40))}`);
  const values = Object.entries(providers).map(([name, { settings }]) => {
    const mine = given[name.toLowerCase()] ?? {};
    const read = settingsIn(mine, { prefix: name, settings, env, at: `${at}.${name.toLowerCase()}` });
    problems.push(...read.problems);
    return [name, { ...defaults[name], ...withoutSecrets(settings), ...read.values }];
  });
  return { providers: Object.fromEntries(values) as ProvidersConfig<Providers>, problems };
}

interface Place {
  readonly prefix: string;
  readonly settings: Settings;
  readonly env: Environment;
  readonly at: string;
}

function settingsIn(
  given: Readonly<Record<string, unknown>>,
  { prefix, settings, env, at }: Place,
): { readonly values: Readonly<Record<string, unknown>>; readonly problems: readonly string[] } {
  const names = namesInFile(prefix, settings);
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [nameInFile, value] of Object.entries(given)) {
    const name = names.get(nameInFile);
    const setting = name === undefined ? undefined : settings[name];
    if (name === undefined || !setting) {
      problems.push(`${at}: has no field ${JSON.stringify(nameInFile.slice(0, 40))}`);
      continue;
    }
    const text = textOf(value, setting.isSecret, env);
    if (typeof text !== "string") {
      problems.push(`${at}.${nameInFile}: ${text.problem}`);
      continue;
    }
    const read = setting.takes.safeParse(text);
    if (read.success) values[name] = read.data;
    else problems.push(`${at}.${nameInFile}: ${read.error.issues[0]?.message ?? "is invalid"}`);
  }
  return { values, problems };
}

/** A value as the text of a variable; a secret from where it says. */
function textOf(value: unknown, isSecret: boolean, env: Environment): string | { readonly problem: string } {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return { problem: "takes a text, a number, true or false" };
  if (!isSecret) return value;
  const [, source, name = ""] = /^(env|file):(.+)$/s.exec(value) ?? [];
  if (source === "env") return variableIn(env, name) || { problem: "names a variable that is not set" };
  return source === "file" ? secretIn(name) : value;
}

/** A name can be any text, such as one of `Object.prototype`. */
function variableIn(env: Environment, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name]?.trim() : undefined;
}

function secretIn(path: string): string | { readonly problem: string } {
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    return { problem: `names a file that cannot be read (${codeOf(error) ?? "unknown error"})` };
  }
}

function withoutSecrets(settings: Settings): Readonly<Record<string, null>> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, { isSecret }]) => (isSecret ? [[name, null] as const] : [])),
  );
}

/** The settings of a provider by their names in the file: `apiKey` for `SURFE_API_KEY`. */
function namesInFile(prefix: string, settings: Settings): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(settings).map(([name, { variable }]) => {
      const [first = "", ...others] = variable
        .slice(prefix.length + 1)
        .toLowerCase()
        .split("_");
      return [first + others.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(""), name];
    }),
  );
}
