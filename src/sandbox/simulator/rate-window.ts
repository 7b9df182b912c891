/** Fixed time windows with a count for each caller: at most `size` calls in each window. */
export class RateWindow {
  private begunAt = Number.NEGATIVE_INFINITY;
  private readonly used = new Map<string, number>();

  /** @param size - `null`: no limit, but calls are counted. */
  constructor(
    readonly size: number | null,
    private readonly lengthMs: number,
    private readonly now: () => number,
  ) {}

  /** Calls in the current window. */
  usage(caller: string): number {
    const begunAt = Math.floor(this.now() / this.lengthMs) * this.lengthMs;
    if (begunAt !== this.begunAt) this.used.clear();
    this.begunAt = begunAt;
    return this.used.get(caller) ?? 0;
  }

  /** Calls left in the current window. */
  left(caller: string): number {
    return this.size === null ? Infinity : Math.max(0, this.size - this.usage(caller));
  }

  count(caller: string): void {
    this.used.set(caller, this.usage(caller) + 1);
  }

  /** Seconds until the next window, rounded up. */
  resetSeconds(): number {
    return Math.ceil((this.lengthMs - (this.now() % this.lengthMs)) / 1000);
  }
}
