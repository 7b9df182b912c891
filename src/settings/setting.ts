import type { z } from "zod";
import { optional, secretText } from "./kinds";
import type { Secret } from "./secret";

/** One setting: its environment variable, and the values that it takes. If the variable is unset, `takes` returns the default. */
export interface Setting<T> {
  readonly variable: string;
  readonly takes: z.ZodType<T>;
  /** A key or token. In the sandbox it has a fixed value. */
  readonly isSecret: boolean;
}

/** A group of settings, by their names in the code. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of a group of settings, by the same names. */
export type ValuesOf<Group extends Settings> = {
  readonly [Name in keyof Group]: Group[Name] extends Setting<infer Value> ? Value : never;
};

/** @example setting("MAX_DEPTH", wholeNumber(1).default(15)) */
export function setting<T>(variable: string, takes: z.ZodType<T>): Setting<T> {
  return { variable, takes, isSecret: false };
}

/** A key or token; `null` where it is unset. */
export function secretSetting(variable: string): Setting<Secret | null> {
  return { variable, takes: optional(secretText), isSecret: true };
}

/** The same values, with every secret replaced by `secret`. */
export function withSecrets<Values extends object>(group: Settings, values: Values, secret: Secret): Values {
  const secrets = Object.entries(group).flatMap(([name, { isSecret }]) => (isSecret ? [[name, secret]] : []));
  return { ...values, ...(Object.fromEntries(secrets) as Partial<Values>) };
}
