import type { Provider } from "../../domain/provider";
import type { ProviderStatus } from "../../feeds/provider-status";
import type { ProviderSettings } from "../../settings/provider-settings";
import type { ValuesOf } from "../../settings/setting";
import type { ProviderObserver } from "../http/provider-call";
import { ProviderHttp } from "../http/provider-http";
import type { Capabilities, ProviderDescriptor, SharedServices } from "./provider-descriptor";

export interface ConnectOptions {
  readonly shared: SharedServices;
  /** Whether the built-in simulator answers. */
  readonly sandbox: boolean;
  readonly now: () => Date;
  /** Is told of every attempt to call the provider. */
  readonly observer?: ProviderObserver;
  /** `http://host:port`, through which it is called; `null`: directly. */
  readonly proxy?: string | null;
  /** The first pause before a call is repeated; the client's own unless told. */
  readonly backoffMs?: number | undefined;
}

/** A provider as it stands for one tenant: with a limiter, a breaker and connections of its own. */
export interface ConnectedProvider extends Capabilities {
  readonly provider: Provider;
  readonly status: () => ProviderStatus;
  /** Closes what is idle; calls that are under way go on. */
  close(): void;
}

/** Connects a provider; without a key or an address it is not configured, and its lists serve what is recorded. */
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
  });
  const capabilities = descriptor.connect({ http, settings, shared: options.shared });
  return { ...capabilities, provider, status, close: () => http?.close() };
}

function httpOf(
  { provider, http: rules }: ProviderDescriptor,
  { apiKey, baseUrl, timeoutMs, ratePerSecond, burst }: ValuesOf<ProviderSettings>,
  { now, observer, proxy = null, backoffMs }: ConnectOptions,
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
    ...(rules.refusal ? { refusal: rules.refusal } : {}),
    ...(rules.refusedIn ? { refusedIn: rules.refusedIn } : {}),
    ...(proxy === null ? {} : { proxy }),
    ...(observer ? { observer } : {}),
    ...(rules.newQuota ? { quota: rules.newQuota() } : {}),
    now: () => now().getTime(),
    ...(backoffMs === undefined ? {} : { backoffMs }),
  });
}
