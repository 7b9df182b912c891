/** The providers of the graph. Their order is that of lists, of preference between equal ranks, and of turns. */
const LIST = {
  SURFE: { name: "Surfe", offers: "companies and contacts recommended for an ideal customer profile" },
  LUSHA: { name: "Lusha", offers: "lookalikes of companies and people" },
  LINKUP: { name: "LinkUp", offers: "people that LinkedIn suggests to an account" },
  LETRICS: { name: "Letrics", offers: "a searchable catalogue of companies and contacts" },
} as const;

export type Provider = keyof typeof LIST;

export const PROVIDERS = Object.keys(LIST) as readonly Provider[];

/** A record with the value of `valueOf` for each provider. */
export function byProvider<T>(valueOf: (provider: Provider) => T): Readonly<Record<Provider, T>> {
  return Object.fromEntries(PROVIDERS.map((provider) => [provider, valueOf(provider)])) as Record<Provider, T>;
}

/** The name of each provider, as messages for people write it. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = byProvider((provider) => LIST[provider].name);

/** What each provider offers, as the description of the graph says it. */
export const PROVIDER_OFFERS: Readonly<Record<Provider, string>> = byProvider((provider) => LIST[provider].offers);

/** The provider's name in lower case: marks the provider's own ids in entity keys. */
export function slugOf<Name extends Provider>(provider: Name): Lowercase<Name> {
  return provider.toLowerCase() as Lowercase<Name>;
}
