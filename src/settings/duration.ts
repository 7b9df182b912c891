const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** An hour, in milliseconds. */
export const HOUR_MS = 60 * MINUTE_MS;
/** A day of 24 hours, in milliseconds. */
export const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** The units in milliseconds, in the order of the pattern's groups. */
const UNITS_MS = [WEEK_MS, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS];
const PATTERN = /^P(?=\d|T)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** 100 years of 365 days: dates that far back still have a four-digit year. */
const LONGEST_MS = 36_500 * DAY_MS;

/**
 * An ISO 8601 duration in milliseconds; `undefined` where the text is none, or is longer than 36500 days. Years and months are
 * rejected, since their length varies; only seconds may have a fraction.
 *
 * @example durationMs("PT1H30M"); // 5_400_000
 */
export function durationMs(text: string): number | undefined {
  const units = PATTERN.exec(text)?.slice(1);
  if (units === undefined) return undefined;
  const ms = UNITS_MS.reduce((total, unitMs, i) => total + unitMs * Number(units[i] ?? 0), 0);
  return ms <= LONGEST_MS ? Math.round(ms) : undefined;
}
