import type { Provider } from "../generated/graphql";

/** The name of each provider. A test compares them with the server's. */
export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  SURFE: "Surfe",
  LUSHA: "Lusha",
  LINKUP: "LinkUp",
  LETRICS: "Letrics",
};

/** The providers with recommendations for a profile. A test compares them with the server's. */
export const PROFILE_PROVIDERS: readonly Provider[] = ["SURFE", "LUSHA", "LETRICS"];
