import { letricsSettings } from "../providers/letrics/letrics.settings";
import { linkupSettings } from "../providers/linkup/linkup.settings";
import { lushaSettings } from "../providers/lusha/lusha.settings";
import { surfeSettings } from "../providers/surfe/surfe.settings";
import type { Provider } from "../domain/provider";
import type { ProviderSettings } from "../settings/provider-settings";

/** Providers that may be asked again at no cost: what a lost call of theirs brought is free when it comes again. */
export const SAFE_TO_ASK_AGAIN: readonly Provider[] = ["SURFE", "LETRICS"];

/** Every provider's settings. */
export const PROVIDER_SETTINGS = {
  SURFE: surfeSettings,
  LUSHA: lushaSettings,
  LINKUP: linkupSettings,
  LETRICS: letricsSettings,
} as const satisfies Readonly<Record<Provider, ProviderSettings>>;
