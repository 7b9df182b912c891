import type { z } from "zod";
import type { Provider } from "../../domain/provider";
import type { ProviderErrorCode } from "../../domain/errors";
import type { Tracing } from "../../domain/tracing";
import type { SharedState } from "./shared-state";

/**
 * The meaning of an error answer, as the provider's own reader gives it. A field that is left out has its general value: the code
 * by the status, the message by the code, the words from the body.
 */
export interface Refusal {
  readonly code?: ProviderErrorCode;
  /** Our message, safe to show: it contains no URL, body or key. */
  readonly message?: string;
  /** The provider's own message; cleaned and shortened by the client. */
  readonly words?: string;
}

/**
 * Interprets an error answer. `status` is `null` where a 2xx reports an error without a status. `body` is the parsed JSON, or the
 * text where it is no JSON. Returns `null` to have it interpreted in the general way.
 */
export type RefusalReader = (status: number | null, body: unknown) => Refusal | null;

/**
 * Finds an error in the JSON body of a 2xx, with the HTTP status that the body states (`null`: it states none). Returns `null`
 * where the body reports no error.
 */
export type RefusalFinder = (body: unknown) => { readonly status: number | null } | null;

/** Holds back calls that the provider would reject, according to its earlier answers. */
export interface Quota {
  /** All that it knows, as JSON. */
  readonly state: object;
  /** When the next call may be made; `null` where it may be made now. */
  heldUntil(now: number): Date | null;
  /** Counts a call that is about to be made. */
  begin(now: number): void;
  /** A call has ended. @param headers of its answer, names in lower case; `null` where none came. */
  end(headers: ReadonlyMap<string, string> | null, now: number): void;
}

/** How one provider is called. `headers` are its authentication: secrets, kept out of every error. */
export interface ProviderHttpOptions {
  readonly provider: Provider;
  /** May carry a path prefix; a trailing slash makes no difference. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Limit of one attempt, from the connect to the last byte; also of the wait for the limiter, and after a 429. */
  readonly timeoutMs: number;
  readonly ratePerSecond: number;
  readonly burst: number;
  /** `never`: each request that arrives may be charged, so only a request that was not sent is repeated. */
  readonly repeats: "safe" | "never";
  /** Maximum pause before the first retry; default 200. It doubles with each retry, and is shortened by up to half at random. */
  readonly backoffMs?: number;
  /** Maximum size of a body, decompressed; default 20 MiB. */
  readonly maxBodyBytes?: number;
  readonly readRefusal?: RefusalReader;
  readonly findRefusal?: RefusalFinder;
  /** A proxy, `http://host:port`, through which every call goes. */
  readonly proxy?: string;
  /**
   * Creates the provider's limit of calls from the state of an earlier one: it counts every call, and is asked before every
   * attempt.
   */
  readonly newQuota?: (state?: unknown) => Quota;
  /** State of limiter, circuit breaker and quota, for several processes; left out: they are of this process alone. */
  readonly sharedState?: SharedState;
  readonly observer?: ProviderObserver;
  /** Left out: nothing is traced. Providers are sent nothing of a trace. */
  readonly tracing?: Tracing;
  /** Milliseconds since the epoch; default `Date.now`. The circuit breaker and `retryAfter` use it. */
  readonly now?: () => number;
}

/** One request, and the shape of its answer. */
export interface ProviderCall<T> {
  /** Name of the call in logs and metrics, e.g. `fetchRecommendations`. */
  readonly operation: string;
  readonly method: "GET" | "POST";
  /** Path below the base URL; it never changes the host. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly query?: URLSearchParams;
  readonly schema: z.ZodType<T>;
  /** A 2xx need not be JSON: the schema gets `undefined` then. */
  readonly anyBody?: true;
  /** Cancels the call until the request is sent; ignored afterwards, since a charged answer must be recorded. */
  readonly signal?: AbortSignal;
  /** Called when an attempt may have reached the provider. */
  readonly onSent?: () => void;
  readonly headers?: Readonly<Record<string, string>>;
  /** Secrets in the body: they are removed from error messages if the provider echoes them. */
  readonly secrets?: readonly string[];
  /** Interprets error answers of this call; default: the reader in the client's options. */
  readonly readRefusal?: RefusalReader;
  /** Reads the cost of the call from a body of any shape; left out: bodies do not state it. */
  readonly chargedIn?: (body: unknown) => number | null;
}

/** How a caller cancels a call, and learns that it can no longer be cancelled. */
export type CallControl = Pick<ProviderCall<unknown>, "signal" | "onSent">;

/** Receives events of provider calls, for logs and metrics. Must not throw. */
export interface ProviderObserver {
  /** An attempt has ended, and its answer was read. */
  attempted(attempt: ProviderAttempt): void;
  /** Rows of an answer cannot be read and were left out. */
  rowsUnread(rows: UnreadRows): void;
  /** A provider echoed other values than were sent. */
  echoDiffered(echo: EchoDifference): void;
}

/** The fields that differ: names only, never values. */
export interface EchoDifference {
  readonly provider: Provider;
  readonly operation: string;
  readonly fields: readonly string[];
}

/** Numbers of rows of one answer. */
export interface UnreadRows {
  readonly provider: Provider;
  readonly operation: string;
  readonly rows: number;
  readonly unread: number;
}

/** The result of one attempt. */
export interface ProviderAttempt {
  readonly provider: Provider;
  readonly operation: string;
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** `null` where no whole answer arrived. */
  readonly status: number | null;
  /** Whether the request may have reached the provider. */
  readonly sent: boolean;
  readonly durationMs: number;
  readonly code: ProviderErrorCode | "OK";
  /** Node's error code where no answer came, such as `ECONNREFUSED`. */
  readonly cause: string | null;
  /** The provider's own message, from an error answer. */
  readonly words: string | null;
}

/** A 2xx with a body of the documented shape. */
export interface ProviderAnswer<T> {
  readonly body: T;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Number of attempts, including the successful one. */
  readonly attempts: number;
}
