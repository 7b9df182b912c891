const SECONDS = /^\d+(\.\d+)?$/;
const HTTP_DATE = /^[A-Z][a-z]{2,8}, .* GMT$/;

/** A longer wait is ignored: it is in another unit, or a mistake. */
const LONGEST_MS = 31 * 24 * 60 * 60 * 1_000;

/**
 * When a retry may succeed: `Retry-After` (seconds, or an HTTP date), else, for a 429 only, `RateLimit-Reset` (seconds). Never
 * before `now`; `null` where the headers are missing or cannot be read.
 */
export function retryAfterOf(headers: ReadonlyMap<string, string>, status: number, now: number): Date | null {
  const reset = status === 429 ? waitMs(headers.get("ratelimit-reset"), now) : null;
  const waits = [waitMs(headers.get("retry-after"), now), reset];
  const wait = waits.find((ms) => ms !== null && ms <= LONGEST_MS);
  return wait === undefined || wait === null ? null : new Date(now + Math.max(wait, 0));
}

function waitMs(value: string | undefined, now: number): number | null {
  const text = value?.trim() ?? "";
  if (SECONDS.test(text)) return Number(text) * 1_000;
  const at = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : at - now;
}
