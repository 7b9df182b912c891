/** The providers the graph knows, in the order in which they are listed and preferred. */
export const PROVIDERS = ["SURFE", "LUSHA", "LINKUP", "LETRICS"] as const;

export type Provider = (typeof PROVIDERS)[number];

/** How a provider is called in messages for people. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  SURFE: "Surfe",
  LUSHA: "Lusha",
  LINKUP: "LinkUp",
  LETRICS: "Letrics",
};
