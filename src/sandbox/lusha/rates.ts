import { RateWindow } from "../simulator/rate-window";
import type { LushaRules } from "./lusha-options";

const MINUTE_MS = 60_000;

/** The three rate limits of a key, which must all allow a call, and the headers about them. */
export class Rates {
  private readonly windows: readonly (readonly [name: "minute" | "hourly" | "daily", window: RateWindow])[];
  private answers = 0;

  constructor(private readonly rules: LushaRules) {
    const { rateWindows, now } = rules;
    this.windows = [
      ["minute", new RateWindow(rateWindows.minute, MINUTE_MS, now)],
      ["hourly", new RateWindow(rateWindows.hourly, 60 * MINUTE_MS, now)],
      ["daily", new RateWindow(rateWindows.daily, 24 * 60 * MINUTE_MS, now)],
    ];
  }

  /** Counts a call; `false`, without counting, where a limit is reached. */
  take(apiKey: string): boolean {
    const hasRoom = this.windows.every(([, window]) => window.left(apiKey) > 0);
    if (hasRoom) for (const [, window] of this.windows) window.count(apiKey);
    return hasRoom;
  }

  /** The headers for an answer. A window without a limit has none. */
  headers(apiKey: string, status: number): Readonly<Record<string, string>> {
    this.answers += 1;
    const headers: Record<string, string> = {};
    for (const [name, window] of this.windows) {
      if (window.size === null) continue;
      headers[`x-rate-limit-${name}`] = String(window.size);
      headers[`x-${name}-requests-left`] = String(window.left(apiKey));
      headers[`x-${name}-usage`] = String(window.usage(apiKey));
    }
    return this.tellsReset(status) ? { ...headers, ...this.resetHeaders(apiKey) } : headers;
  }

  private tellsReset(status: number): boolean {
    const { rateLimitHeaders } = this.rules;
    if (rateLimitHeaders === "some") return status === 429 || this.answers % 2 === 0;
    return rateLimitHeaders === "all";
  }

  /** The headers about the window with the fewest calls left; of two equal ones the longer. */
  private resetHeaders(apiKey: string): Readonly<Record<string, string>> {
    let tightest: RateWindow | undefined;
    for (const [, window] of this.windows) {
      if (window.size !== null && window.left(apiKey) <= (tightest?.left(apiKey) ?? Infinity)) tightest = window;
    }
    if (tightest === undefined) return {};
    return {
      "RateLimit-Remaining": String(tightest.left(apiKey)),
      "RateLimit-Reset": String(tightest.resetSeconds()),
    };
  }
}
