import type { Provider } from "./provider";

export type InputErrorCode =
  "BAD_USER_INPUT" | "PROFILE_NOT_FOUND" | "CURSOR_INVALID" | "CURSOR_EXPIRED" | "OPERATION_TOO_COSTLY";

/** The request is wrong. The message is shown to the caller: it says what is wrong and what is accepted. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(
    message: string,
    readonly code: InputErrorCode = "BAD_USER_INPUT",
  ) {
    super(message);
  }
}

/** The credentials of the request do not allow this. The message is shown to the caller. */
export class AccessError extends Error {
  override readonly name = "AccessError";
}

export type ProviderErrorCode =
  /** The caller may not make provider calls; the provider was not called. */
  | "FORBIDDEN"
  /** The provider does not accept such a profile or such seeds, and was not called. */
  | "PROVIDER_CANNOT_SERVE"
  | "PROVIDER_NOT_CONFIGURED"
  | "PROVIDER_CREDENTIALS_REJECTED"
  | "PROVIDER_CREDITS_EXHAUSTED"
  | "PROVIDER_RATE_LIMITED"
  | "PROVIDER_SESSION_EXPIRED"
  | "PROVIDER_REJECTED_REQUEST"
  | "PROVIDER_UNAVAILABLE"
  | "PROVIDER_BAD_RESPONSE"
  | "PROVIDER_OUTCOME_UNKNOWN"
  | "CREDIT_BUDGET_EXCEEDED"
  | "PROVIDER_CALLS_EXHAUSTED";

/** Whether the same request may succeed later, without the risk of being charged twice. A new code needs a line here. */
const RETRYABLE: Readonly<Record<ProviderErrorCode, boolean>> = {
  FORBIDDEN: false,
  PROVIDER_CANNOT_SERVE: false,
  PROVIDER_NOT_CONFIGURED: false,
  PROVIDER_CREDENTIALS_REJECTED: false,
  PROVIDER_CREDITS_EXHAUSTED: false,
  PROVIDER_RATE_LIMITED: true,
  PROVIDER_SESSION_EXPIRED: false,
  PROVIDER_REJECTED_REQUEST: false,
  PROVIDER_UNAVAILABLE: true,
  PROVIDER_BAD_RESPONSE: false,
  PROVIDER_OUTCOME_UNKNOWN: false,
  CREDIT_BUDGET_EXCEEDED: true,
  PROVIDER_CALLS_EXHAUSTED: true,
};

export interface ProviderErrorOptions {
  /** When a retry may succeed; `null` where it is unknown. */
  readonly retryAfter?: Date | null;
  /** The provider's own message from a 4xx answer, shortened; shown only where the caller's values were refused. */
  readonly words?: string | null;
  /** The single problems that the answer lists, also shortened; empty where it lists none. */
  readonly objections?: readonly string[];
  /** HTTP status of the provider's answer; `null` where no complete answer came. */
  readonly status?: number | null;
  /** Credits charged, according to the answer; `null` where it does not say. */
  readonly charged?: number | null;
  /** Whether nothing was sent, because of the circuit breaker, the limiter or the provider's quota. */
  readonly isHeld?: boolean;
  readonly cause?: unknown;
}

/** A provider gave no usable answer. The message is ours and safe to show: it contains no URL, body or key. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly retryAfter: Date | null;
  readonly words: string | null;
  readonly objections: readonly string[];
  readonly status: number | null;
  readonly charged: number | null;
  readonly isHeld: boolean;

  constructor(
    readonly provider: Provider,
    readonly code: ProviderErrorCode,
    message: string,
    options: ProviderErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfter = options.retryAfter ?? null;
    this.words = options.words ?? null;
    this.objections = options.objections ?? [];
    this.status = options.status ?? null;
    this.charged = options.charged ?? null;
    this.isHeld = options.isHeld ?? false;
  }

  get retryable(): boolean {
    return RETRYABLE[this.code];
  }
}

/** A page has no row, because every provider failed or cannot serve the request. */
export class NoRowsError extends Error {
  override readonly name = "NoRowsError";

  constructor(readonly failures: readonly [ProviderError, ...ProviderError[]]) {
    super(failures[0].message, { cause: failures[0] });
  }
}

/** Why the database cannot be written: the disk, a lock of another process, a permission, or no connection to it. */
export type StoreTrouble = "disk" | "lock" | "permission" | "connection";

/** A unit of work was not written at all, for a reason that may go away. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(
    readonly trouble: StoreTrouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The provider failures that an error reports; `null` for any other error. */
export function failuresIn(error: unknown): readonly [ProviderError, ...ProviderError[]] | null {
  if (error instanceof ProviderError) return [error];
  return error instanceof NoRowsError ? error.failures : null;
}
