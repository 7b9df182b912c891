/** At most `burst` calls at once; `perSecond` calls are added each second. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket for each caller, full at the beginning. Without a limit (`null`) all calls pass. */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly limit: RateLimit | null,
    private readonly now: () => number,
  ) {}

  /** Takes a token; `false` where there is none. */
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
