import { preferenceOf, type Preference } from "../domain/preference";
import { byProvider, PROVIDERS, type Provider } from "../domain/provider";
import type { CallRules, ProviderDescriptor } from "../providers/descriptor/provider-descriptor";
import { letrics } from "../providers/letrics/letrics.provider";
import { linkup } from "../providers/linkup/linkup.provider";
import { lusha } from "../providers/lusha/lusha.provider";
import { surfe } from "../providers/surfe/surfe.provider";

/** Every provider. A new one is one line. */
export const DESCRIPTORS = {
  SURFE: surfe,
  LUSHA: lusha,
  LINKUP: linkup,
  LETRICS: letrics,
} as const satisfies { readonly [Name in Provider]: ProviderDescriptor<Name> };

/** Whose word counts first where providers say different things of a company or person. */
export const PREFERENCE: Preference = preferenceOf(byProvider((provider) => DESCRIPTORS[provider].ranks));

/** Providers that may be asked again at no cost: what a lost call of theirs brought is free when it comes again. */
export const SAFE_TO_ASK_AGAIN: readonly Provider[] = PROVIDERS.filter(
  (provider) => DESCRIPTORS[provider].http.repeats === "safe",
);

/** Headers whose values are secrets: those that providers are called with, and those that callers of the graph send. */
export const SECRET_HEADERS: readonly string[] = [
  ...new Set([
    "authorization",
    "cookie",
    ...PROVIDERS.flatMap((provider) => {
      const rules: CallRules = DESCRIPTORS[provider].http;
      return [...Object.keys(rules.headersOf("")), ...(rules.callerHeaders ?? [])];
    }),
  ]),
];
