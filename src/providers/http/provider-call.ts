import type { z } from "zod";
import type { Provider } from "../../domain/provider";
import type { ProviderErrorCode } from "../../domain/errors";

/**
 * What a provider's refusal means, where its adapter knows better than the status does. What is left out is read in the
 * general way: the code from the status, the message from the code, the words from the body.
 */
export interface Refusal {
  readonly code?: ProviderErrorCode;
  /** Ours, safe to show: no URL, body or key in it. */
  readonly message?: string;
  /** The provider's own words; cleaned and cut here. */
  readonly words?: string;
}

/**
 * `status` is `null` where a 2xx tells of a refusal without one. `body` is the parsed JSON, or the text where it is not
 * JSON. `null`: read it in the general way.
 */
export type RefusalReader = (status: number | null, body: unknown) => Refusal | null;

/**
 * Finds a refusal in the JSON body of a 2xx: the HTTP status that it tells, `null` where it tells none. Without a
 * refusal there is none to find.
 */
export type RefusalFinder = (body: unknown) => { readonly status: number | null } | null;

/** Keeps back calls that the provider would refuse, going by what its answers said. */
export interface Quota {
  /** When the next call may be made; `null` where it may be made now. */
  heldUntil(now: number): Date | null;
  /** Counts a call that is about to be made. */
  begin(now: number): void;
  /** @param headers of its answer, names in lower case; `null` where none came. */
  end(headers: ReadonlyMap<string, string> | null, now: number): void;
}

/** How one provider is called. `headers` are its authentication: secrets, kept out of every error. */
export interface ProviderHttpOptions {
  readonly provider: Provider;
  /** May carry a path prefix; a trailing slash makes no difference. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** One attempt, from the connect to the last byte; also the longest wait for a turn, and for a 429. */
  readonly timeoutMs: number;
  readonly ratePerSecond: number;
  readonly burst: number;
  /** `never`: a request is charged each time it arrives, so only one that was not sent is sent again. */
  readonly repeats: "safe" | "never";
  /** The first pause before a repeat, at most; 200 unless told. It doubles, and is shortened by up to half at random. */
  readonly backoffMs?: number;
  /** The largest body read, decompressed; 20 MiB unless told. */
  readonly maxBodyBytes?: number;
  readonly refusal?: RefusalReader;
  readonly refusedIn?: RefusalFinder;
  /** A proxy, `http://host:port`, through which every call goes. */
  readonly proxy?: string;
  /** A provider's own count of calls: told of every call, and asked before every attempt. */
  readonly quota?: Quota;
  readonly observer?: ProviderObserver;
  /** Milliseconds since the epoch; `Date.now` unless told. The breaker and `retryAfter` go by it. */
  readonly now?: () => number;
}

/** One request, and what its answer must look like. */
export interface ProviderCall<T> {
  /** What is asked for, e.g. `fetchRecommendations`: names the call in logs and metrics. */
  readonly operation: string;
  readonly method: "GET" | "POST";
  /** Below the base URL; never takes the request to another host. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly query?: URLSearchParams;
  readonly schema: z.ZodType<T>;
  /** Any 2xx is an answer: the schema reads `undefined` where it is not JSON. */
  readonly anyBody?: true;
  /** Heeded until the request is sent, ignored from then on: what may be charged must be recorded. */
  readonly signal?: AbortSignal;
  /** Called when an attempt may have reached the provider. */
  readonly onSent?: () => void;
  readonly headers?: Readonly<Record<string, string>>;
  /** Secrets in the body, so that a provider which echoes them does not bring them into an error. */
  readonly secrets?: readonly string[];
  /** What a refusal of this call means; the client's own reading unless told. */
  readonly refusal?: RefusalReader;
  /** What a body of any shape says the call cost; left out where none says it. */
  readonly chargedIn?: (body: unknown) => number | null;
}

/** Until when a call may be left, and who is told that it may not any more. */
export type Leaving = Pick<ProviderCall<unknown>, "signal" | "onSent">;

/** Is told what happens on the way to a provider; logs and metrics are made of it. Must not throw. */
export interface ProviderObserver {
  /** An attempt that was made has ended, and its answer was read. */
  attempted(attempt: ProviderAttempt): void;
  /** Rows of an answer were left out because they cannot be read. */
  leftOut(rows: UnreadRows): void;
  /** A provider's echo of what was sent is another. */
  keptOtherwise(echo: OtherEcho): void;
}

/** Names of fields, never what is in them. */
export interface OtherEcho {
  readonly provider: Provider;
  readonly operation: string;
  readonly fields: readonly string[];
}

/** Rows of one answer. */
export interface UnreadRows {
  readonly provider: Provider;
  readonly operation: string;
  readonly rows: number;
  readonly unread: number;
}

/** What one attempt came to. */
export interface ProviderAttempt {
  readonly provider: Provider;
  readonly operation: string;
  /** From 1. */
  readonly attempt: number;
  /** `null` where no whole answer arrived. */
  readonly status: number | null;
  /** Whether the request may have reached the provider. */
  readonly sent: boolean;
  readonly durationMs: number;
  readonly code: ProviderErrorCode | "OK";
  /** What failed, where no answer came: a code of Node's, such as `ECONNREFUSED`. */
  readonly cause: string | null;
  /** The provider's own, from a refusal. */
  readonly words: string | null;
}

/** A 2xx of the documented shape. */
export interface ProviderAnswer<T> {
  readonly body: T;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** How many were made, this answer's included. */
  readonly attempts: number;
}
