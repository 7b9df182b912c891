import type { Provider } from "./provider";

export type InputErrorCode =
  "BAD_USER_INPUT" | "PROFILE_NOT_FOUND" | "CURSOR_INVALID" | "CURSOR_EXPIRED" | "OPERATION_TOO_COSTLY";

/** The caller is wrong. The message is shown to them: it says what was wrong and what is accepted. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(
    message: string,
    readonly code: InputErrorCode = "BAD_USER_INPUT",
  ) {
    super(message);
  }
}

export type ProviderErrorCode =
  /** The provider takes no such profile or seeds, and was not asked. */
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

/** Codes after which the same demand may succeed later, at no risk of paying twice. */
const RETRYABLE: ReadonlySet<ProviderErrorCode> = new Set([
  "PROVIDER_RATE_LIMITED",
  "PROVIDER_UNAVAILABLE",
  "CREDIT_BUDGET_EXCEEDED",
  "PROVIDER_CALLS_EXHAUSTED",
]);

export interface ProviderErrorOptions {
  /** When asking again may succeed; `null` where nobody said. */
  readonly retryAfter?: Date | null;
  /** The provider's own words from a refusal, cut short; shown only where the caller's values were refused. */
  readonly words?: string | null;
  /** Each thing that a refusal objects to, likewise, where it tells them apart. */
  readonly objections?: readonly string[];
  /** Of the provider's answer; `null` where no whole answer came. */
  readonly status?: number | null;
  /** The credits that the answer says it cost; `null` where it does not say. */
  readonly charged?: number | null;
  readonly cause?: unknown;
}

/** A provider gave no usable answer. The message is ours and safe to show: no URL, body or key is in it. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly retryAfter: Date | null;
  readonly words: string | null;
  readonly objections: readonly string[];
  readonly status: number | null;
  readonly charged: number | null;

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
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

/** No row of a page could be served, because every provider asked failed or cannot serve. */
export class NoRowsError extends Error {
  override readonly name = "NoRowsError";

  constructor(readonly failures: readonly [ProviderError, ...ProviderError[]]) {
    super(failures[0].message, { cause: failures[0] });
  }
}

/** What keeps the database from being written: its disk, a lock that another process holds, or a permission. */
export type StoreTrouble = "disk" | "lock" | "permission";

/** The database took nothing of a unit of work, for a reason that may pass. */
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

/** Why providers gave nothing, where that is what an error tells; else `null`. */
export function failuresIn(error: unknown): readonly [ProviderError, ...ProviderError[]] | null {
  if (error instanceof ProviderError) return [error];
  return error instanceof NoRowsError ? error.failures : null;
}
