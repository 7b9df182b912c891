import type { Quota } from "../http/provider-call";

const HOUR_MS = 3_600_000;

/** Lusha counts calls by the minute, the hour and the day at once, and says in its headers how many are left. */
const WINDOWS = [
  { header: "x-minute-requests-left", waitMs: 60_000 },
  { header: "x-hourly-requests-left", waitMs: HOUR_MS },
  // When the day begins is not documented, so it is tried again each hour.
  { header: "x-daily-requests-left", waitMs: HOUR_MS },
] as const;

/** How long is waited for answers that will say more. */
const SOON_MS = 1_000;

/**
 * Keeps back calls that Lusha would refuse.
 *
 * When a window begins is not documented, so one that is used up is waited out by the clock that began with the answer
 * that said so, and no longer than an hour; `RateLimit-Reset` is taken where it comes. After the wait one call goes as a
 * probe. Calls under way are counted as taken, since the answers so far may not have counted them.
 *
 * @see Lusha API, rate limits, read 2026-11-20.
 */
export class LushaWindows implements Quota {
  #heldUntil = 0;
  #underWay = 0;
  /** How many calls are left in each window that Lusha told of, those under way not counted. */
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
      const told = numberOf(headers.get(header));
      if (told === null) continue;
      this.#left.set(header, Math.max(0, told - this.#underWay));
      if (told === 0) this.#hold(now + (resetSeconds === null ? waitMs : resetSeconds * 1_000));
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
