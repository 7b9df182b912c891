import type { ProviderErrorCode } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { parseJson } from "./outcome";
import type { ProviderHttpOptions } from "./provider-call";

/** An error answer: its body, and its status; `null` where a 200 reports an error without a status. */
export interface Refused {
  readonly status: number | null;
  readonly text: string;
}

/**
 * The meaning of an error answer. `words`: the provider's own message, cleaned; `null` where it has none. `objections`: its single
 * problems, cleaned; empty where it lists none.
 */
export interface InterpretedRefusal {
  readonly code: ProviderErrorCode;
  readonly message: string;
  readonly words: string | null;
  readonly objections: readonly string[];
}

/** Interprets an error answer: with the provider's own reader if it has one, else by the status and the message. */
export function interpretRefusal(
  { status, text }: Refused,
  { provider, readRefusal }: Pick<ProviderHttpOptions, "provider" | "readRefusal">,
  secrets: readonly string[],
): InterpretedRefusal {
  const json = parseJson(text);
  const body = json.ok ? json.value : text;
  const own = readRefusal?.(status, body) ?? {};
  const said = own.words ?? wordsOf(body);
  const words = said === null ? null : cleanWords(said, secrets);
  const code = own.code ?? (status === null ? codeByWords(said ?? "") : codeOf(status, body, said));
  const message = own.message ?? messageOf(code, status, provider);
  const objections = (own.words === undefined ? objectionsIn(body) : []).flatMap(
    (one) => cleanWords(one, secrets) ?? [],
  );
  const isAboutRequest = code === "PROVIDER_REJECTED_REQUEST" && words !== null;
  return { code, message: isAboutRequest ? `${message.replace(/\.$/, "")}: ${words}` : message, words, objections };
}

function codeOf(status: number, body: unknown, words: string | null): ProviderErrorCode {
  switch (status) {
    case 401:
      return "PROVIDER_CREDENTIALS_REJECTED";
    case 402:
      return "PROVIDER_CREDITS_EXHAUSTED";
    case 403:
      return mentionsCredits(body, words) ? "PROVIDER_CREDITS_EXHAUSTED" : "PROVIDER_CREDENTIALS_REJECTED";
    case 408:
      return "PROVIDER_UNAVAILABLE";
    case 429:
      return "PROVIDER_RATE_LIMITED";
    default:
      return status >= 500 ? "PROVIDER_UNAVAILABLE" : "PROVIDER_REJECTED_REQUEST";
  }
}

/** Codes for errors without a status, by their message; the first that matches. */
const TOPICS: readonly (readonly [RegExp, ProviderErrorCode])[] = [
  [/credit|quota/i, "PROVIDER_CREDITS_EXHAUSTED"],
  [/rate.?limit|too many|slow down/i, "PROVIDER_RATE_LIMITED"],
  [/api.?key|unauthori[sz]ed|forbidden|credential/i, "PROVIDER_CREDENTIALS_REJECTED"],
  [/unavailable|internal|timed? ?out|try again later|maintenance/i, "PROVIDER_UNAVAILABLE"],
];

function codeByWords(words: string): ProviderErrorCode {
  return TOPICS.find(([topic]) => topic.test(words))?.[1] ?? "PROVIDER_REJECTED_REQUEST";
}

/** The message for a code that an error answer has. A new code does not compile without a message. */
function messageOf(code: ProviderErrorCode, status: number | null, provider: Provider): string {
  const name = PROVIDER_NAMES[provider];
  const suffix = status === null ? "" : ` (${String(status)})`;
  switch (code) {
    case "PROVIDER_CREDENTIALS_REJECTED":
      return status === 401
        ? `${name} rejected the API key (401). Check ${provider}_API_KEY.`
        : `${name} denied access${suffix}. Check ${provider}_API_KEY and what its plan includes.`;
    case "PROVIDER_CREDITS_EXHAUSTED":
      return `The credits or quota at ${name} are used up${suffix}. Check the plan there.`;
    case "PROVIDER_RATE_LIMITED":
      return `${name} is asked too often${suffix}.`;
    case "PROVIDER_UNAVAILABLE":
      return `${name} failed${suffix}.`;
    case "PROVIDER_REJECTED_REQUEST":
    // A provider's own reader that gives one of these codes gives a message, too.
    case "FORBIDDEN":
    case "PROVIDER_BAD_RESPONSE":
    case "PROVIDER_CANNOT_SERVE":
    case "PROVIDER_NOT_CONFIGURED":
    case "PROVIDER_OUTCOME_UNKNOWN":
    case "PROVIDER_SESSION_EXPIRED":
    case "CREDIT_BUDGET_EXCEEDED":
    case "PROVIDER_CALLS_EXHAUSTED":
      return `${name} rejected the request${suffix}.`;
    default:
      return code satisfies never;
  }
}

const LONGEST = 300;

/** Fields in which providers write messages, in order of preference. */
const MESSAGE_FIELDS = ["message", "details", "detail"] as const;
const CODE_FIELDS = ["code", "id", "title"] as const;

/**
 * The provider's own message in an error answer, unchanged; `null` where there is none. Reads `{message}`,
 * `{error: {message}}`, `{error}`, and `{errors: [{details | message}]}`, in each of them text or a list of texts.
 */
export function wordsOf(body: unknown): string | null {
  return envelopes(body).flatMap((envelope) => texts(envelope, MESSAGE_FIELDS))[0] ?? null;
}

/**
 * The single problems in an error answer, unchanged: the items of `{errors}`, else the texts in `{message}` or
 * `{error: {message}}`. One text is one problem; a provider's own reader may split it.
 */
export function objectionsIn(body: unknown): readonly string[] {
  const [whole, inner, ...items] = envelopes(body);
  const fromItems = items.flatMap((item) => texts(item, MESSAGE_FIELDS).slice(0, 1));
  if (fromItems.length > 0) return fromItems;
  const lists = [whole, inner].flatMap((envelope) => MESSAGE_FIELDS.map((key) => texts(envelope, [key])));
  return lists.find((list) => list.length > 0) ?? [];
}

/** Whether an error answer is about credits or quota, by its messages and codes. */
export function mentionsCredits(body: unknown, words: string | null): boolean {
  const all = envelopes(body).flatMap((envelope) => texts(envelope, [...MESSAGE_FIELDS, ...CODE_FIELDS]));
  return [...all, words ?? ""].some((text) => /credit|quota/i.test(text));
}

/** The text as it may be shown: one line, without control characters and `secrets`, at most 300 characters. */
export function cleanWords(words: string, secrets: readonly string[]): string | null {
  const open = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), words);
  const line = open.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line === "" ? null : Array.from(line).slice(0, LONGEST).join("");
}

/**
 * The text as it may be logged: without the values of the request, which may name a person or company, and without e-mail and
 * web addresses.
 *
 * @param sent the request's body.
 */
export function loggableWords(words: string, sent: unknown): string {
  const values = textsIn(sent, false).filter((text) => text.length > 2);
  const unnamed = values.reduce((text, value) => text.replaceAll(value, "***"), words);
  return unnamed.replace(/\S+@\S+|https?:\S+|www\.\S+/gi, "***");
}

/** The texts in a JSON value, with or without its field names; limited in depth and number, as error answers are small. */
export function textsIn(value: unknown, names = true, depth = 6): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null || depth === 0) return [];
  const entries: readonly [string, unknown][] = Object.entries(value).slice(0, 1_000);
  const named = names && !Array.isArray(value);
  return entries.flatMap(([name, inner]) => [...(named ? [name] : []), ...textsIn(inner, names, depth - 1)]);
}

function envelopes(body: unknown): readonly unknown[] {
  if (!isObject(body)) return [];
  const errors: readonly unknown[] = Array.isArray(body["errors"]) ? body["errors"] : [];
  return [body, body["error"], ...errors];
}

function texts(envelope: unknown, keys: readonly string[]): string[] {
  const values = isObject(envelope) ? keys.map((key) => envelope[key]).flat() : [envelope];
  return values.filter((value): value is string => typeof value === "string" && value.trim() !== "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
