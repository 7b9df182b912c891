/** `burst` calls at once, refilled at `perSecond`. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** One token bucket a caller, full at first. `null` as limit lets everything through. */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly limit: RateLimit | null,
    private readonly now: () => number,
  ) {}

  /** Takes one token; `false` where there was none. */
  take(caller: string): boolean {
    if (this.limit === null) return true;
    const { perSecond, burst } = this.limit;
    const at = this.now();
    const bucket = this.buckets.get(caller) ?? { tokens: burst, at };
    const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    this.buckets.set(caller, { tokens: tokens < 1 ? tokens : tokens - 1, at });
    return tokens >= 1;
  }
}
