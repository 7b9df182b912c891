/** Lusha counts calls by the minute, the hour and the day at once, and says in its headers how many are left. */
const WINDOWS = [
  { left: "x-minute-requests-left", lengthMs: 60_000 },
  { left: "x-hourly-requests-left", lengthMs: 3_600_000 },
  { left: "x-daily-requests-left", lengthMs: 86_400_000 },
] as const;

/**
 * Keeps back calls that Lusha would refuse.
 *
 * When a window begins is not documented, so one that is used up is waited out by the clock that began with the answer
 * that said so, at most its length; `RateLimit-Reset` is taken where it comes.
 *
 * @see Lusha API, rate limits, read 2026-11-20.
 */
export class LushaWindows {
  #heldUntil = 0;

  /** @param headers of any answer, names in lower case. */
  observe(headers: ReadonlyMap<string, string>, now: number): void {
    const resetSeconds = numberOf(headers.get("ratelimit-reset"));
    for (const { left, lengthMs } of WINDOWS) {
      if (numberOf(headers.get(left)) !== 0) continue;
      this.#hold(now + (resetSeconds === null ? lengthMs : resetSeconds * 1_000));
    }
    if (numberOf(headers.get("ratelimit-remaining")) === 0 && resetSeconds !== null)
      this.#hold(now + resetSeconds * 1_000);
  }

  /** When the next call may be made; `null` where it may be made now. */
  heldUntil(now: number): Date | null {
    return this.#heldUntil > now ? new Date(this.#heldUntil) : null;
  }

  #hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text ?? "");
  return text === undefined || text.trim() === "" || !Number.isFinite(value) ? null : value;
}
