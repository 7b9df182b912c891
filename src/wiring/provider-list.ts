import { preferenceOf, type Preference } from "../domain/preference";
import { byProvider, PROVIDERS, type Provider } from "../domain/provider";
import type { FeedPeople } from "../feeds/feed/feed-people.port";
import { LookalikePeople } from "../feeds/searches/lookalike-people";
import type { CallRules, ProviderDescriptor } from "../providers/descriptor/provider-descriptor";
import { letrics } from "../providers/letrics/letrics.provider";
import { linkup } from "../providers/linkup/linkup.provider";
import { lusha } from "../providers/lusha/lusha.provider";
import { surfe } from "../providers/surfe/surfe.provider";

/** The descriptors of all providers. A new provider is one line here. */
export const DESCRIPTORS = {
  SURFE: surfe,
  LUSHA: lusha,
  LINKUP: linkup,
  LETRICS: letrics,
} as const satisfies { readonly [Name in Provider]: ProviderDescriptor<Name> };

/** Which provider's value is shown where providers give different ones. */
export const PREFERENCE: Preference = preferenceOf(byProvider((provider) => DESCRIPTORS[provider].ranks));

/** The people that feeds name. */
export const FEED_PEOPLE: FeedPeople = new LookalikePeople(
  byProvider((provider) => (DESCRIPTORS[provider] as ProviderDescriptor).statePeople ?? null),
);

/** Providers whose calls may be repeated free of charge: a lost answer costs nothing when it is fetched again. */
export const SAFE_TO_ASK_AGAIN: readonly Provider[] = PROVIDERS.filter(
  (provider) => DESCRIPTORS[provider].http.repeats === "safe",
);

/** Headers whose values are secrets: those with the API keys of providers, and those with secrets of callers. */
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
