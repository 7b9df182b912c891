import type { Quota } from "../http/provider-call";

const HOUR_MS = 3_600_000;

/** Lusha limits the calls per minute, hour and day, and its headers say how many are left. */
const WINDOWS = [
  { header: "x-minute-requests-left", waitMs: 60_000 },
  { header: "x-hourly-requests-left", waitMs: HOUR_MS },
  // When the day begins is not documented, so one call an hour tries it.
  { header: "x-daily-requests-left", waitMs: HOUR_MS },
] as const;

/** The wait for running calls, whose answers say more. */
const SOON_MS = 1_000;

/**
 * Holds back calls that Lusha would reject.
 *
 * When a limit is reached, calls wait for `RateLimit-Reset`, or, without that header, for the length of the window (at most an
 * hour), since Lusha does not document when windows begin. Then one call is sent as a probe. Running calls count as made, since
 * earlier answers may not include them.
 *
 * @see Lusha API, rate limits, read 2026-11-20.
 */
export class LushaRateLimits implements Quota {
  #heldUntil = 0;
  #underWay = 0;
  /** Calls left in each window that a header reported, without the running ones. */
  readonly #left = new Map<string, number>();

  heldUntil(now: number): Date | null {
    if (this.#heldUntil > now) return new Date(this.#heldUntil);
    const isUsedUp = [...this.#left.values()].some((left) => left === 0);
    return isUsedUp && this.#underWay > 0 ? new Date(now + SOON_MS) : null;
  }

  begin(): void {
    this.#underWay += 1;
    for (const [header, left] of this.#left) this.#left.set(header, Math.max(0, left - 1));
  }

  end(headers: ReadonlyMap<string, string> | null, now: number): void {
    this.#underWay -= 1;
    if (!headers) return;
    const resetSeconds = numberOf(headers.get("ratelimit-reset"));
    for (const { header, waitMs } of WINDOWS) {
      const left = numberOf(headers.get(header));
      if (left === null) continue;
      this.#left.set(header, Math.max(0, left - this.#underWay));
      if (left === 0) this.#hold(now + (resetSeconds === null ? waitMs : resetSeconds * 1_000));
    }
    if (numberOf(headers.get("ratelimit-remaining")) === 0 && resetSeconds !== null)
      this.#hold(now + resetSeconds * 1_000);
  }

  #hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text ?? "");
  return text === undefined || text.trim() === "" || !Number.isFinite(value) || value < 0 ? null : value;
}
