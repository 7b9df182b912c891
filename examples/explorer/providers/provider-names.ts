import type { Provider } from "../generated/graphql";

export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  SURFE: "Surfe",
  LUSHA: "Lusha",
  LINKUP: "LinkUp",
  LETRICS: "Letrics",
};

/** Those that can recommend for a profile: LinkUp knows none. */
export const PROFILE_PROVIDERS: readonly Provider[] = ["SURFE", "LUSHA", "LETRICS"];
