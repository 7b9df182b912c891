import type { z } from "zod";
import type { Settings, ValuesOf } from "../settings/setting";

/** Variables by name, of the process or of a file. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads groups of settings from an environment and collects every problem as `VARIABLE: what it takes`. */
export class SettingsReader {
  readonly problems: string[] = [];
  readonly #bad = new Set<string>();

  constructor(private readonly env: Environment) {}

  /** The values of a group. An invalid value is replaced by its default, so that the others can be checked. */
  read<Group extends Settings>(group: Group): ValuesOf<Group> {
    const values = Object.entries(group).map(([name, { variable, takes }]) => [name, this.#value(variable, takes)]);
    return Object.fromEntries(values) as ValuesOf<Group>;
  }

  /** Adds a problem if a variable breaks a rule, unless one of the variables that the rule depends on is invalid itself. */
  check(variable: string, isBroken: boolean, rule: string, dependsOn: readonly string[]): void {
    if (isBroken && ![variable, ...dependsOn].some((one) => this.#bad.has(one))) this.#report(variable, rule);
  }

  /** Adds a problem for each of `variables` that is set. */
  refuse(variables: readonly string[], rule: string): void {
    for (const variable of variables) if (this.#text(variable) !== undefined) this.#report(variable, rule);
  }

  #value(variable: string, takes: z.ZodType): unknown {
    const { data, error } = takes.safeParse(this.#text(variable));
    const [issue] = error?.issues ?? [];
    if (!issue) return data;
    this.#bad.add(variable);
    this.#report(variable, issue.message);
    return takes.parse(undefined);
  }

  /** The trimmed value; an empty one counts as unset. */
  #text(variable: string): string | undefined {
    return this.env[variable]?.trim() || undefined;
  }

  #report(variable: string, rule: string): void {
    this.problems.push(`${variable}: ${rule}`);
  }
}
