import { type Config, configOf } from "./config";
import { ConfigError } from "./config-error";
import { crossProblems } from "./cross-checks";
import { Variables } from "./variables/variables";

/** Variables by name, as the process has them or a file lists them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The name of every variable that `readConfig` looks at. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(Variables.shape);

/**
 * The configuration that `env` gives. White space around a value is dropped; an empty value counts as unset.
 *
 * @throws {ConfigError} listing every problem there is; no value is in it.
 */
export function readConfig(env: Environment): Config {
  const known = trimmed(env);
  const issues = Variables.safeParse(known).error?.issues ?? [];
  const bad = new Set(issues.map((issue) => issue.path.join(".")));
  const values = Variables.parse(trimmed(env, bad)); // what is bad aside, so that the checks between the others still run
  const problems = [
    ...issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
    ...crossProblems(values, bad),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return configOf(values);
}

/** Our variables of `env`, those in `without` unset. */
function trimmed(env: Environment, without: ReadonlySet<string> = new Set()): Environment {
  return Object.fromEntries(
    VARIABLE_NAMES.map((name) => [name, without.has(name) ? undefined : env[name]?.trim() || undefined]),
  );
}
