import { z } from "zod";
import type { Quota } from "../http/provider-call";

const Limits = z.object({
  /** Calls are held until then; milliseconds since the epoch. */
  heldUntil: z.number(),
  /** When the calls that run began. */
  running: z.array(z.number()),
  /** Calls left in each window that a header reported, without the running ones. */
  left: z.record(z.string(), z.number()),
});

/** What Lusha's answers told of its limits, as JSON. */
type LushaLimits = Readonly<z.infer<typeof Limits>>;

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
  #state: LushaLimits;

  /**
   * @param longestMs a call that began longer ago has ended: its process may have died.
   * @param state of an earlier object; left out, or of another form: nothing is known.
   */
  constructor(
    private readonly longestMs: number,
    state?: unknown,
  ) {
    this.#state = Limits.safeParse(state).data ?? { heldUntil: 0, running: [], left: {} };
  }

  get state(): LushaLimits {
    return this.#state;
  }

  heldUntil(now: number): Date | null {
    const { heldUntil, left } = this.#state;
    if (heldUntil > now) return new Date(heldUntil);
    const isUsedUp = Object.values(left).includes(0);
    return isUsedUp && this.#running(now).length > 0 ? new Date(now + SOON_MS) : null;
  }

  begin(now: number): void {
    const left = Object.entries(this.#state.left).map(([header, calls]) => [header, Math.max(0, calls - 1)] as const);
    this.#state = { ...this.#state, running: [...this.#running(now), now], left: Object.fromEntries(left) };
  }

  end(headers: ReadonlyMap<string, string> | null, now: number): void {
    const running = this.#running(now).slice(1);
    this.#state = { ...this.#state, running };
    if (!headers) return;
    const left = { ...this.#state.left };
    const resetSeconds = numberOf(headers.get("ratelimit-reset"));
    for (const { header, waitMs } of WINDOWS) {
      const calls = numberOf(headers.get(header));
      if (calls === null) continue;
      left[header] = Math.max(0, calls - running.length);
      if (calls === 0) this.#hold(now + (resetSeconds === null ? waitMs : resetSeconds * 1_000));
    }
    if (numberOf(headers.get("ratelimit-remaining")) === 0 && resetSeconds !== null)
      this.#hold(now + resetSeconds * 1_000);
    this.#state = { ...this.#state, left };
  }

  /** When the running calls began, the oldest first. Which of them ended last is not known, only how many run. */
  #running(now: number): readonly number[] {
    return this.#state.running.filter((begunAt) => now - begunAt < this.longestMs);
  }

  #hold(until: number): void {
    this.#state = { ...this.#state, heldUntil: Math.max(this.#state.heldUntil, until) };
  }
}

function numberOf(text: string | undefined): number | null {
  const value = Number(text ?? "");
  return text === undefined || text.trim() === "" || !Number.isFinite(value) || value < 0 ? null : value;
}
