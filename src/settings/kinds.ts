import { isIP } from "node:net";
import { z } from "zod";
import { durationMs } from "./duration";
import { Secret } from "./secret";

/** The longest delay of a Node timer; with a longer one it fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LEAST_SECRET_BYTES = 32;

/** Labels with dots between them, the last one not a number: `127.0.0.256` is a mistyped address, not a name. */
const HOST_NAME = /^(?:[\w-]{1,63}\.)*(?!\d+$)[\w-]{1,63}$/;
/** One leading slash only: `//host` would name another server. */
const PATH = /^\/(?!\/)[^\s?#\\]*$/;

/**
 * A kind of value with one rule. An invalid value has one issue, whose message is the rule and never the value.
 *
 * @param rule continues the sentence after the variable's name: "takes …".
 * @param read returns `undefined` where the text is not of this kind.
 */
export function readBy<T>(rule: string, read: (text: string) => T | undefined): z.ZodType<T> {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: rule });
    return z.NEVER;
  });
}

/** The same kind of value, or `null` where the variable is unset. */
export function optional<T>(kind: z.ZodType<T>): z.ZodType<T | null> {
  return kind.nullable().default(null);
}

/** A whole number in plain digits, from `min` to `max`, both included. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): z.ZodType<number> {
  const error = `takes a whole number, ${max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`}`;
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.number(error).min(min, error).max(max, error));
}

/** A number in plain digits, with or without decimals: 0 or more, or more than 0. */
export function decimal(bound: "0 or more" | "more than 0"): z.ZodType<number> {
  const error = `takes a number, ${bound}`;
  const number = z.number(error).max(Number.MAX_SAFE_INTEGER, error);
  return z
    .string()
    .regex(/^\d+(?:\.\d+)?$/, error)
    .transform(Number)
    .pipe(bound === "0 or more" ? number.min(0, error) : number.gt(0, error));
}

/** How long to wait for something, in milliseconds. */
export const timeoutMs: z.ZodType<number> = wholeNumber(1, LONGEST_TIMER_MS);

/** An ISO 8601 duration, read as milliseconds. */
export const duration: z.ZodType<number> = readBy(
  "takes an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P30D or PT1H, " +
    "at most P36500D (years and months are refused: their length varies)",
  durationMs,
);

/** One of these words. */
export function oneOf<const Word extends string>(...words: readonly [Word, Word, ...Word[]]): z.ZodType<Word> {
  return z.enum(words, { error: `takes ${words.slice(0, -1).join(", ")} or ${String(words.at(-1))}` });
}

/** `true` or `false`. */
export const trueOrFalse: z.ZodType<boolean> = eitherOf("true", "false");

/** `on` or `off`. */
export const onOrOff: z.ZodType<boolean> = eitherOf("on", "off");

/** The name of a field in a provider's request. */
export const fieldName: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z]\w*$/, "takes a field name: letters, digits and underscores, beginning with a letter");

/** An address to listen on. The brackets of `[::1]` are removed. */
export const host: z.ZodType<string> = readBy("takes an IP address or a host name, without a port", hostIn);

/** Addresses and host names, separated by commas, in lower case; at least one. */
export const hostNames: z.ZodType<readonly string[]> = readBy(
  "takes IP addresses or host names without a port, with commas between them",
  (text) => {
    const names = text.split(",").map((name) => hostIn(name.trim())?.toLowerCase());
    return names.every((name) => name !== undefined) ? names : undefined;
  },
);

function hostIn(text: string): string | undefined {
  const bare = /^\[(.+:.*)\]$/.exec(text)?.[1] ?? text;
  return isIP(bare) !== 0 || HOST_NAME.test(bare) ? bare : undefined;
}

/** A provider's base URL; a slash at its end is removed. */
export const baseUrl: z.ZodType<string> = readBy(
  "takes an absolute http:// or https:// URL without query, fragment, user name and password",
  (text) => {
    if (!z.url({ protocol: /^https?$/ }).safeParse(text).success || /[?#\\]/.test(text)) return undefined;
    const { origin, pathname, username, password } = new URL(text);
    return username === "" && password === "" ? `${origin}${pathname}`.replace(/\/+$/, "") : undefined;
  },
);

/** An HTTP proxy. */
export const proxyUrl: z.ZodType<string> = readBy(
  "takes http://host:port, without user name, password and path",
  (text) => {
    const [, name = "", port = ""] = /^http:\/\/([^/@:]+|\[[^/@\]]+\]):(\d{1,5})\/?$/.exec(text) ?? [];
    const isReachable = hostIn(name) !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
    return isReachable ? `http://${name}:${port}` : undefined;
  },
);

/** An address of a collector of telemetry. */
export const collectorUrl: z.ZodType<string> = readBy("takes an http:// or https:// address", (text) =>
  /^https?:\/\/[^/]/.test(text) && URL.canParse(text) ? text : undefined,
);

/** A path below a base URL. */
export const path: z.ZodType<string> = z
  .string()
  .regex(PATH, "takes a path that begins with one slash, without query and fragment");

/** A key or token. Only characters that an HTTP header accepts: an error about a header may quote its value. */
export const secretText: z.ZodType<Secret> = z
  .string()
  .regex(/^[\x20-\x7e]+$/, "takes printable ASCII characters only")
  .transform((text) => new Secret(text));

/** Keys in base64, separated by commas, in the given order; at least one. */
export const secretKeys: z.ZodType<Secret<readonly Buffer[]>> = readBy(
  `takes one or more secrets separated by commas, each at least ${LEAST_SECRET_BYTES} bytes in base64`,
  (text) => {
    const keys = text.split(",").map((part) => bytesOf(part.trim()));
    return keys.every((key) => key.length >= LEAST_SECRET_BYTES) ? new Secret(keys) : undefined;
  },
);

function eitherOf(yes: string, no: string): z.ZodType<boolean> {
  const error = `takes ${yes} or ${no}`;
  return z.stringbool({ truthy: [yes], falsy: [no], case: "sensitive", error });
}

/** The bytes of a base64 text, with or without padding; empty where it is not base64. */
function bytesOf(text: string): Buffer {
  const padded = text.padEnd(Math.ceil(text.length / 4) * 4, "=");
  return z.base64().safeParse(padded).success ? Buffer.from(padded, "base64") : Buffer.alloc(0);
}
