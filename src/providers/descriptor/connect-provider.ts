import type { Provider } from "../../domain/provider";
import type { Tracing } from "../../domain/tracing";
import type { ProviderStatus } from "../../feeds/provider-status";
import type { ProviderSettings } from "../../settings/provider-settings";
import type { ValuesOf } from "../../settings/setting";
import type { ProviderHttpOptions, ProviderObserver } from "../http/provider-call";
import { longestAttemptMs } from "../http/gate-state";
import { ProviderHttp } from "../http/provider-http";
import type { SharedState } from "../http/shared-state";
import type { CallRules, Capabilities, ProviderDescriptor, SharedServices } from "./provider-descriptor";

export interface ConnectOptions {
  readonly shared: SharedServices;
  /** Whether the built-in simulator answers. */
  readonly sandbox: boolean;
  readonly now: () => Date;
  /** Receives every attempt to call the provider. */
  readonly observer?: ProviderObserver;
  /** Left out: nothing is traced. */
  readonly tracing?: Tracing;
  /** Proxy for its calls, `http://host:port`; `null`: none. */
  readonly proxy?: string | null;
  /** Pause before the first retry of a call; default: that of `ProviderHttp`. */
  readonly backoffMs?: number | undefined;
  /**
   * The state of limiter, circuit breaker and quota that several processes share, by provider and account: an address and a key.
   * Left out: no other process calls the provider.
   */
  readonly sharedStateOf?: (provider: Provider, account: string) => SharedState;
}

/** A provider, connected for one tenant, with connections of its own. */
export interface ConnectedProvider extends Capabilities {
  readonly provider: Provider;
  readonly status: () => ProviderStatus;
  /** Closes idle connections; running calls continue. */
  close(): void;
}

/** Connects a provider. Without a key or an address it is not configured: its lists serve recorded rows only. */
export function connectProvider(
  descriptor: ProviderDescriptor,
  settings: ValuesOf<ProviderSettings>,
  options: ConnectOptions,
): ConnectedProvider {
  const { provider, creditUnit } = descriptor;
  const http = httpOf(descriptor, settings, options);
  const status = (): ProviderStatus => ({
    provider,
    configured: http !== null,
    sandbox: http !== null && options.sandbox,
    creditUnit,
    creditBudget: settings.creditBudget,
    circuit: http?.circuit ?? "CLOSED",
    lastErrorCode: http?.lastErrorCode ?? null,
    queued: http?.queued ?? 0,
  });
  const capabilities = descriptor.connect({ http, settings, shared: options.shared });
  return { ...capabilities, provider, status, close: () => http?.close() };
}

function httpOf(
  { provider, http: rules }: ProviderDescriptor,
  { apiKey, baseUrl, timeoutMs, ratePerSecond, burst }: ValuesOf<ProviderSettings>,
  { now, observer, tracing, proxy = null, backoffMs, sharedStateOf }: ConnectOptions,
): ProviderHttp | null {
  if (apiKey === null || baseUrl === null) return null;
  return new ProviderHttp({
    provider,
    baseUrl,
    headers: rules.headersOf(apiKey.reveal()),
    timeoutMs,
    ratePerSecond,
    burst,
    repeats: rules.repeats,
    ...(rules.readRefusal ? { readRefusal: rules.readRefusal } : {}),
    ...(rules.findRefusal ? { findRefusal: rules.findRefusal } : {}),
    ...(proxy === null ? {} : { proxy }),
    ...(observer ? { observer } : {}),
    ...(tracing ? { tracing } : {}),
    ...quotaOf(rules, timeoutMs),
    ...(sharedStateOf ? { sharedState: sharedStateOf(provider, `${baseUrl} ${apiKey.reveal()}`) } : {}),
    now: () => now().getTime(),
    ...(backoffMs === undefined ? {} : { backoffMs }),
  });
}

function quotaOf({ newQuota }: CallRules, timeoutMs: number): Pick<ProviderHttpOptions, "newQuota"> {
  const longestMs = longestAttemptMs({ timeoutMs });
  return newQuota ? { newQuota: (state) => newQuota(longestMs, state) } : {};
}
