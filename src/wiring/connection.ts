import type { Provider } from "../domain/provider";
import type { ProviderStatus } from "../feeds/provider-status";
import type { ProviderHttpOptions } from "../providers/http/provider-call";
import { ProviderHttp } from "../providers/http/provider-http";
import type { ProviderSettings } from "../settings/provider-settings";
import type { ValuesOf } from "../settings/setting";

/** What every provider is connected with. */
export interface ConnectOptions {
  /** Whether the built-in simulator answers. */
  readonly sandbox: boolean;
  readonly now: () => Date;
  /** The first pause before a call is repeated; the client's own unless told. */
  readonly backoffMs: number | undefined;
}

/** The way to one provider; `http` is `null` where it has no key. */
export interface Connected {
  readonly provider: Provider;
  readonly http: ProviderHttp | null;
  readonly status: () => ProviderStatus;
}

/** What is special about a provider's way. */
type Manner = Pick<ProviderHttpOptions, "repeats"> & Partial<Pick<ProviderHttpOptions, "refusal" | "quota">>;

export interface Way extends Manner {
  readonly provider: Provider;
  /** What one credit is. */
  readonly creditUnit: string;
  readonly settings: Omit<ValuesOf<ProviderSettings>, "apiKey" | "feedMaxAgeMs">;
  /** Its authentication; `null` where the provider is not configured. */
  readonly headers: Readonly<Record<string, string>> | null;
}

/** Opens the way to a provider that has a key. */
export function connect(way: Way, { sandbox, now, backoffMs }: ConnectOptions): Connected {
  const { provider, creditUnit, settings, headers, repeats, refusal, quota } = way;
  const { baseUrl } = settings;
  const isConfigured = headers !== null && baseUrl !== null;
  const http = isConfigured
    ? new ProviderHttp({
        provider,
        baseUrl,
        headers,
        timeoutMs: settings.timeoutMs,
        ratePerSecond: settings.ratePerSecond,
        burst: settings.burst,
        repeats,
        now: () => now().getTime(),
        ...(refusal ? { refusal } : {}),
        ...(quota ? { quota } : {}),
        ...(backoffMs === undefined ? {} : { backoffMs }),
      })
    : null;
  const status = (): ProviderStatus => ({
    provider,
    configured: http !== null,
    sandbox: http !== null && sandbox,
    creditUnit,
    creditBudget: settings.creditBudget,
    circuit: http?.circuit ?? "CLOSED",
    lastErrorCode: http?.lastErrorCode ?? null,
  });
  return { provider, http, status };
}
