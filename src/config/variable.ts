import { z } from "zod";

/** A kind of value. `read` gives `undefined` where the text is none of the kind; `rule` then says what it takes. */
export interface Kind<T> {
  readonly rule: string;
  read(text: string): T | undefined;
}

/** One variable: its text, `undefined` where it is unset, becomes a `T`. */
export type Variable<T> = z.ZodType<T, string | undefined>;

/** What a group of variables reads as, by the variables' names. */
export type Values<Group extends Readonly<Record<string, Variable<unknown>>>> = {
  readonly [Name in keyof Group]: z.output<Group[Name]>;
};

/** A variable that means `fallback` where it is unset. An issue tells the kind's rule, never the text. */
export function orElse<T, F>(kind: Kind<T>, fallback: F): Variable<T | F> {
  return z
    .string()
    .optional()
    .transform((text, context): T | F => {
      if (text === undefined) return fallback;
      const value = kind.read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: "custom", message: kind.rule });
      return z.NEVER;
    });
}

/** A variable with a default of the kind's own type. */
export function orDefault<T>(kind: Kind<T>, fallback: NoInfer<T>): Variable<T> {
  return orElse(kind, fallback);
}

/** A variable that may be left unset: `null` then. */
export function orNull<T>(kind: Kind<T>): Variable<T | null> {
  return orElse(kind, null);
}
