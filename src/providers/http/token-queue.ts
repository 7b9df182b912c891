import { TokenBucket } from "limiter";

interface Waiter {
  readonly go: () => void;
}

/**
 * A token bucket, full at first, with a queue before it: first come, first served. (The library's own queue cannot be
 * left, and does not tell how long it is.)
 */
export class TokenQueue {
  readonly #bucket: TokenBucket;
  readonly #ratePerSecond: number;
  readonly #waiting: Waiter[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(ratePerSecond: number, burst: number) {
    this.#ratePerSecond = ratePerSecond;
    this.#bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: ratePerSecond, interval: "second" });
    this.#bucket.content = burst;
  }

  /**
   * Takes a token, now or in turn.
   *
   * @returns 0 with a token; or, where the wait would exceed `maxWaitMs`, without one, that wait in milliseconds.
   * @throws the reason of `signal`, where it fires before the turn has come; the token goes to the next in line.
   */
  async take(maxWaitMs: number, signal?: AbortSignal): Promise<number> {
    signal?.throwIfAborted();
    if (this.#waiting.length === 0 && this.#bucket.tryRemoveTokens(1)) return 0;
    const waitMs = this.#waitMs();
    if (waitMs > maxWaitMs) return waitMs;
    await this.#turn(signal);
    return 0;
  }

  /** Puts back the token of a request that was not sent after all. */
  giveBack(): void {
    this.#bucket.content++; // past its size it is cut back when it next drips
    this.#serve();
  }

  /** How long the next to join would wait. */
  #waitMs(): number {
    this.#bucket.drip();
    const missing = this.#waiting.length + 1 - this.#bucket.content;
    return Math.ceil((missing / this.#ratePerSecond) * 1_000);
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
    while (this.#waiting.length > 0 && this.#bucket.tryRemoveTokens(1)) this.#waiting.shift()?.go();
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#serve(), this.#bucket.getWaitTime(1));
  }
}
