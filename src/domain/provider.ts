/** The providers the graph knows, in the order in which they are listed, preferred and take turns. A new one is one line. */
const LIST = {
  SURFE: { name: "Surfe", offers: "companies and contacts recommended for an ideal customer profile" },
  LUSHA: { name: "Lusha", offers: "lookalikes of companies and people" },
  LINKUP: { name: "LinkUp", offers: "people that LinkedIn suggests to an account" },
  LETRICS: { name: "Letrics", offers: "a searchable catalogue of companies and contacts" },
} as const;

export type Provider = keyof typeof LIST;

export const PROVIDERS = Object.keys(LIST) as readonly Provider[];

/** What `valueOf` gives for each provider. */
export function byProvider<T>(valueOf: (provider: Provider) => T): Readonly<Record<Provider, T>> {
  return Object.fromEntries(PROVIDERS.map((provider) => [provider, valueOf(provider)])) as Record<Provider, T>;
}

/** How a provider is called in messages for people. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = byProvider((provider) => LIST[provider].name);

/** What a provider gives, for people. */
export const PROVIDER_OFFERS: Readonly<Record<Provider, string>> = byProvider((provider) => LIST[provider].offers);

/** A provider's name in lower case, as its own ids are marked with it in entity keys. */
export function slugOf<Name extends Provider>(provider: Name): Lowercase<Name> {
  return provider.toLowerCase() as Lowercase<Name>;
}
