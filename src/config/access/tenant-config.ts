import type { Scope } from "../../domain/access";
import type { TenantId } from "../../domain/tenant-id";
import type { ProvidersConfig, SettingsByProvider } from "../provider-values";

/** An API key of a tenant, by its hash. */
export interface TenantKey {
  readonly name: string;
  /** SHA-256 of the key's UTF-8 text, hex, in lower case. A secret too. */
  readonly sha256: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** A tenant: its keys, and its providers. */
export interface TenantConfig<Providers extends SettingsByProvider = SettingsByProvider> {
  readonly id: TenantId;
  readonly keys: readonly TenantKey[];
  /** Whether the simulators answer for this tenant, for every provider. */
  readonly sandbox: boolean;
  readonly providers: ProvidersConfig<Providers>;
  /** `null`: no limit. */
  readonly requestsPerMinute: number | null;
}
