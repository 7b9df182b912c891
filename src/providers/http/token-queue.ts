interface Waiter {
  readonly go: () => void;
}

/** A token bucket, full at the beginning, with a queue in order of arrival. A waiter can abort. */
export class TokenQueue {
  readonly #ratePerSecond: number;
  readonly #burst: number;
  readonly #waiting: Waiter[] = [];
  #tokens: number;
  /** When `#tokens` was counted, by `performance.now()`. */
  #countedAt = performance.now();
  #timer: NodeJS.Timeout | null = null;

  constructor(ratePerSecond: number, burst: number) {
    this.#ratePerSecond = ratePerSecond;
    this.#burst = burst;
    this.#tokens = burst;
  }

  /** Number of waiters. */
  get length(): number {
    return this.#waiting.length;
  }

  /**
   * Takes a token, and waits for it if necessary.
   *
   * @returns 0 if a token was taken; else, where the wait would exceed `maxWaitMs`, that wait in milliseconds.
   * @throws the reason of `signal`, if it aborts during the wait; the token goes to the next waiter.
   */
  async take(maxWaitMs: number, signal?: AbortSignal): Promise<number> {
    signal?.throwIfAborted();
    if (this.#waiting.length === 0 && this.#remove()) return 0;
    const waitMs = this.#msUntil(this.#waiting.length + 1);
    if (waitMs > maxWaitMs) return waitMs;
    await this.#turn(signal);
    return 0;
  }

  /** Returns the token of a request that was not sent. */
  giveBack(): void {
    this.#count();
    this.#tokens = Math.min(this.#tokens + 1, this.#burst);
    this.#serve();
  }

  #turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        go: () => {
          signal?.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.#waiting.push(waiter);
      this.#serve();
    });
  }

  #serve(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#waiting.length > 0 && this.#remove()) this.#waiting.shift()?.go();
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#serve(), this.#msUntil(1));
  }

  #remove(): boolean {
    this.#count();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Milliseconds until the bucket has that many tokens, if none is taken in the meantime. */
  #msUntil(tokens: number): number {
    this.#count();
    return Math.ceil(((tokens - this.#tokens) / this.#ratePerSecond) * 1_000);
  }

  #count(): void {
    const now = performance.now();
    const dripped = ((now - this.#countedAt) / 1_000) * this.#ratePerSecond;
    this.#tokens = Math.min(this.#tokens + dripped, this.#burst);
    this.#countedAt = now;
  }
}
