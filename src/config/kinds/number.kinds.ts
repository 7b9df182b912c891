import { durationMs } from "../duration";
import type { Kind } from "../variable";

/** The longest a Node timer waits; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A whole number in plain digits, from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): Kind<number> {
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`;
  return {
    rule: `takes a whole number, ${range}`,
    read: (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** A number in plain digits, with or without decimals: 0 or more, or more than 0. */
export function decimal(bound: "0 or more" | "more than 0"): Kind<number> {
  return {
    rule: `takes a number, ${bound}`,
    read: (text) => {
      const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
      const reached = bound === "0 or more" ? value >= 0 : value > 0;
      return reached && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
    },
  };
}

/** How long to wait for something, in milliseconds. */
export const timeoutMs: Kind<number> = wholeNumber(1, LONGEST_TIMER_MS);

/** An ISO 8601 duration, read as milliseconds. */
export const duration: Kind<number> = {
  rule:
    "takes an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P30D or PT1H, " +
    "at most P36500D (years and months are refused: their length varies)",
  read: durationMs,
};
