import type { ProviderSettings } from "../settings/provider-settings";
import type { ValuesOf } from "../settings/setting";

/** Descriptors with settings, by the provider's name in the variables: `SURFE` for `SURFE_API_KEY`. */
export type SettingsByProvider = Readonly<Record<string, { readonly settings: ProviderSettings }>>;

/** The values of each provider's settings, whether or not it has a key. */
export type ProvidersConfig<Providers extends SettingsByProvider> = {
  readonly [Name in keyof Providers]: ValuesOf<Providers[Name]["settings"]>;
};

/** Whether at least one provider has a key. */
export function hasAnyKey(providers: ProvidersConfig<SettingsByProvider>): boolean {
  return Object.values(providers).some(({ apiKey }) => apiKey !== null);
}
