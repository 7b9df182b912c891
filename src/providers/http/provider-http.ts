import { ProviderError, StoreError, type ProviderErrorCode } from "../../domain/errors";
import { takeTurn } from "../../domain/take-turn";
import type { CallGate } from "./call-gate";
import type { CircuitName } from "./circuit";
import { LocalGate } from "./local-gate";
import type { Outcome, SendOutcome } from "./outcome";
import type { ProviderAnswer, ProviderAttempt, ProviderCall, ProviderHttpOptions } from "./provider-call";
import { readAnswer, type FailureContext, type Reading } from "./read-answer";
import { callSpan } from "./call-span";
import { cleanWords, loggableWords } from "./refusal";
import { pause, RetryRule } from "./retry-rule";
import { Sender } from "./sender";
import { SharedGate } from "./shared-gate";
import type { RowReader } from "./wire";

const MAX_BODY_BYTES = 20 * 1024 * 1024;
/** An answer of so many characters takes milliseconds to be read and recorded. */
const LONG_ANSWER = 4_096;

/**
 * The HTTP client of one provider, for one tenant: timeouts, limiter, circuit breaker and retries. Providers are called nowhere
 * else. It shows no secret when it is printed.
 *
 * @example
 * const limits = { timeoutMs: 15_000, ratePerSecond: 5, burst: 5 };
 * const http = new ProviderHttp({ provider: "ACME", baseUrl, headers, repeats: "safe", ...limits });
 * const { body } = await http.request({ operation: "companies", method: "GET", path: "/companies", schema: WireCompanies });
 */
export class ProviderHttp {
  readonly #options: ProviderHttpOptions;
  readonly #now: () => number;
  readonly #maxBodyBytes: number;
  readonly #secrets: readonly string[];
  readonly #sender: Sender;
  readonly #gate: CallGate;
  #lastErrorCode: ProviderErrorCode | null = null;

  constructor(options: ProviderHttpOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
    this.#secrets = secretsIn(options.headers);
    this.#sender = new Sender(options, this.#maxBodyBytes);
    const limits = { ...options, now: this.#now };
    this.#gate = options.sharedState ? new SharedGate(options.sharedState, limits) : new LocalGate(limits);
  }

  /** `OPEN` until the probe begins, `HALF_OPEN` while it runs. */
  get circuit(): CircuitName {
    return this.#gate.circuit;
  }

  /** How many calls wait for the limiter. */
  get queued(): number {
    return this.#gate.queued;
  }

  /** Error code of the last request that ended, aborted ones aside; `null` after a success, and at the beginning. */
  get lastErrorCode(): ProviderErrorCode | null {
    return this.#lastErrorCode;
  }

  /**
   * Sends one request, and repeats it where the provider's retry rule allows that.
   *
   * @throws {ProviderError} no answer of the documented shape came.
   * @throws {StoreError} the shared state of limiter and circuit breaker cannot be changed: nothing was sent.
   * @throws the reason of `call.signal`, if it aborts while the request is not sent: while it waits for the limiter, a connection
   *   or a retry.
   */
  async request<T>(call: ProviderCall<T>): Promise<ProviderAnswer<T>> {
    try {
      const answer = await this.#persist(call);
      this.#lastErrorCode = null;
      return answer;
    } catch (error) {
      if (error instanceof ProviderError) this.#lastErrorCode = error.code;
      throw error;
    }
  }

  /** Reads the rows of an answer one by one, in their order; `null` for a row that cannot be read. Reports those to the observer. */
  readRows<Row>(operation: string, values: readonly unknown[], read: RowReader<Row>): readonly (Row | null)[] {
    const rows = values.map(read);
    const unread = rows.filter((row) => row === null).length;
    const { observer, provider } = this.#options;
    if (unread > 0) observer?.rowsUnread({ provider, operation, rows: rows.length, unread });
    return rows;
  }

  /** Reports fields that a provider echoed with other values than were sent. */
  reportEchoDifferences(operation: string, fields: readonly string[]): void {
    const { observer, provider } = this.#options;
    if (fields.length > 0) observer?.echoDiffered({ provider, operation, fields });
  }

  /** A provider's message as it may be shown: one line, at most 300 characters, without its key; `null` where it is empty. */
  showable(words: string): string | null {
    return cleanWords(words, this.#secrets);
  }

  /** Closes idle connections. Running requests continue, since they may be charged. */
  close(): void {
    this.#sender.close();
  }

  async #persist<T>(call: ProviderCall<T>): Promise<ProviderAnswer<T>> {
    const rule = new RetryRule(this.#options, this.#now);
    let failure: ProviderError | null = null;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call, attempt, failure);
      if (outcome.kind === "answered" && outcome.text.length >= LONG_ANSWER) await takeTurn();
      const reading = readAnswer(outcome, call, this.#contextOf(call));
      if (outcome.kind !== "held") this.#report(call, attempt, outcome, reading);
      if (reading.kind === "answer") return { ...reading.answer, attempts: attempt };
      failure = reading.error;
      const pauseMs = rule.next(outcome, failure);
      if (pauseMs === null || this.#gate.held) throw failure;
      await pause(pauseMs, call.signal);
    }
  }

  #traced(call: ProviderCall<unknown>, attempt: number): Promise<SendOutcome> {
    const { tracing } = this.#options;
    const send = (): Promise<SendOutcome> => this.#sender.send(call, call.signal);
    return tracing ? callSpan(tracing, this.#options, call, attempt, send) : send();
  }

  /** @param failure of the attempt before: it says more than why this one could not be sent. */
  async #attempt(call: ProviderCall<unknown>, attempt: number, failure: ProviderError | null): Promise<Outcome> {
    call.signal?.throwIfAborted();
    try {
      const outcome = await this.#gate.run(() => this.#traced(call, attempt), call.signal);
      if (outcome.kind === "held" && failure) throw failure;
      return outcome;
    } catch (error) {
      throw failure && error instanceof StoreError ? failure : error;
    }
  }

  #report(
    { operation, body }: ProviderCall<unknown>,
    attempt: number,
    outcome: SendOutcome,
    reading: Reading<unknown>,
  ): void {
    const { observer, provider } = this.#options;
    const failure = reading.kind === "failure" ? reading.error : null;
    observer?.attempted({
      provider,
      operation,
      attempt,
      ...arrival(outcome),
      durationMs: outcome.durationMs,
      code: failure?.code ?? "OK",
      cause: outcome.kind === "answered" ? null : outcome.code,
      words: failure?.words == null ? null : loggableWords(failure.words, body),
    });
  }

  #contextOf(call: ProviderCall<unknown>): FailureContext {
    return {
      options: call.readRefusal ? { ...this.#options, readRefusal: call.readRefusal } : this.#options,
      maxBodyBytes: this.#maxBodyBytes,
      secrets: [...this.#secrets, ...secretsIn(call.headers ?? {}), ...(call.secrets ?? []).filter(Boolean)],
      now: this.#now(),
      probeAt: this.#gate.held?.until ?? null,
    };
  }
}

function arrival(outcome: SendOutcome): Pick<ProviderAttempt, "status" | "sent"> {
  switch (outcome.kind) {
    case "answered":
      return { status: outcome.status, sent: true };
    case "unreadable":
      return { status: null, sent: true };
    case "lost":
      return { status: null, sent: outcome.sent };
    default:
      return outcome satisfies never;
  }
}

/** The keys in the headers, without a scheme such as `Bearer`; values too short to be a key are left out. */
function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  const keys = Object.values(headers).map((value) => value.trim().replace(/^\w+\s+/, ""));
  return keys.filter((key) => key.length >= 4);
}
