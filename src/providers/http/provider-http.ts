import { ProviderError, type ProviderErrorCode } from "../../domain/errors";
import { Circuit, type CircuitName } from "./circuit";
import type { Held, Outcome, SendOutcome } from "./outcome";
import type { ProviderAnswer, ProviderAttempt, ProviderCall, ProviderHttpOptions } from "./provider-call";
import { readAnswer, type FailureContext, type Reading } from "./read-answer";
import { cleanWords, loggableWords } from "./refusal";
import { pause, RepeatRule } from "./retry-rule";
import { Sender } from "./sender";
import { TokenQueue } from "./token-queue";
import type { RowReader } from "./wire";

const MAX_BODY_BYTES = 20 * 1024 * 1024;

/**
 * The way to one provider, for one tenant: the only place where providers are called. Shows no secret when printed.
 */
export class ProviderHttp {
  readonly #options: ProviderHttpOptions;
  readonly #now: () => number;
  readonly #maxBodyBytes: number;
  readonly #secrets: readonly string[];
  readonly #sender: Sender;
  readonly #tokens: TokenQueue;
  readonly #circuit: Circuit;
  #lastErrorCode: ProviderErrorCode | null = null;

  constructor(options: ProviderHttpOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#maxBodyBytes = options.maxBodyBytes ?? MAX_BODY_BYTES;
    this.#secrets = secretsIn(options.headers);
    this.#sender = new Sender(options, this.#maxBodyBytes);
    this.#tokens = new TokenQueue(options.ratePerSecond, options.burst);
    this.#circuit = new Circuit(this.#now);
  }

  /** `OPEN` until the probe begins, `HALF_OPEN` while it runs. */
  get circuit(): CircuitName {
    return this.#circuit.state;
  }

  /** Of the last request that ended, leaving out those called off: `null` after a success, and at first. */
  get lastErrorCode(): ProviderErrorCode | null {
    return this.#lastErrorCode;
  }

  /**
   * Sends one request, and sends it again where the provider's rule allows that.
   *
   * @throws {ProviderError} where no answer of the documented shape came.
   * @throws the reason of `call.signal`, where it fires while nothing is under way: waiting for a turn, for a
   *   connection, or to repeat what failed.
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

  /** Reads the rows of an answer one by one, in their order; `null` stands for one that cannot be read. */
  readRows<Row>(operation: string, values: readonly unknown[], read: RowReader<Row>): readonly (Row | null)[] {
    const rows = values.map(read);
    const unread = rows.filter((row) => row === null).length;
    const { observer, provider } = this.#options;
    if (unread > 0) observer?.leftOut({ provider, operation, rows: rows.length, unread });
    return rows;
  }

  /** Tells of fields that a provider has otherwise than they were sent. */
  noteOthers(operation: string, fields: readonly string[]): void {
    const { observer, provider } = this.#options;
    if (fields.length > 0) observer?.keptOtherwise({ provider, operation, fields });
  }

  /** A provider's words as they may be shown: on one line, at most 300 characters, without its key; `null` for none. */
  showable(words: string): string | null {
    return cleanWords(words, this.#secrets);
  }

  /** Closes the connections that are idle. What is under way goes on, since it may be charged. */
  close(): void {
    this.#sender.close();
  }

  async #persist<T>(call: ProviderCall<T>): Promise<ProviderAnswer<T>> {
    const rule = new RepeatRule(this.#options, this.#now);
    let failure: ProviderError | null = null;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call);
      // A repeat that is kept back says less than the failure that called for it.
      if (outcome.kind === "held" && failure) throw failure;
      const reading = readAnswer(outcome, call, this.#contextOf(call));
      if (outcome.kind !== "held") this.#report(call, attempt, outcome, reading);
      if (reading.kind === "answer") return { ...reading.answer, attempts: attempt };
      failure = reading.error;
      const pauseMs = rule.next(outcome, failure);
      if (pauseMs === null || this.#circuit.held) throw failure;
      await pause(pauseMs, call.signal);
    }
  }

  async #attempt(call: ProviderCall<unknown>): Promise<Outcome> {
    call.signal?.throwIfAborted();
    const held = this.#circuit.held;
    if (held) return held;
    const full = this.#heldByQuota();
    if (full) return full;
    const waitMs = await this.#tokens.take(this.#options.timeoutMs, call.signal);
    if (waitMs > 0) return { kind: "held", by: "limiter", until: new Date(this.#now() + waitMs) };
    // Answers that came during the wait may have used the quota up.
    const outcome = this.#heldByQuota() ?? (await this.#circuit.run(() => this.#send(call), call.signal));
    if (outcome.kind === "held") this.#tokens.giveBack();
    return outcome;
  }

  #heldByQuota(): Held | null {
    const until = this.#options.quota?.heldUntil(this.#now());
    return until ? { kind: "held", by: "quota", until } : null;
  }

  async #send(call: ProviderCall<unknown>): Promise<SendOutcome> {
    const { quota } = this.#options;
    let headers: ReadonlyMap<string, string> | null = null;
    quota?.begin(this.#now());
    try {
      const outcome = await this.#sender.send(call, call.signal);
      if (outcome.kind === "answered") headers = outcome.headers;
      return outcome;
    } finally {
      quota?.end(headers, this.#now());
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
      options: call.refusal ? { ...this.#options, refusal: call.refusal } : this.#options,
      maxBodyBytes: this.#maxBodyBytes,
      secrets: [...this.#secrets, ...secretsIn(call.headers ?? {}), ...(call.secrets ?? []).filter(Boolean)],
      now: this.#now(),
      probeAt: this.#circuit.held?.until ?? null,
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

/** The key itself, without a scheme like `Bearer` before it; not what is too short to be one. */
function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  const keys = Object.values(headers).map((value) => value.trim().replace(/^\w+\s+/, ""));
  return keys.filter((key) => key.length >= 4);
}
