import type { ProviderErrorCode } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { parseJson } from "./outcome";
import type { ProviderHttpOptions } from "./provider-call";

/** A refusal as it came: its body, and its status, `null` where a 200 tells of it without one. */
export interface Refused {
  readonly status: number | null;
  readonly text: string;
}

/**
 * A refusal, read. `words` are clean, and `null` where the provider said nothing; `objections` are what it told one by
 * one, clean too, and empty where it did not.
 */
export interface ReadRefusal {
  readonly code: ProviderErrorCode;
  readonly message: string;
  readonly words: string | null;
  readonly objections: readonly string[];
}

/** What a refusal means: in the adapter's reading where it has one, else going by the status and the words. */
export function refusalOf(
  { status, text }: Refused,
  { provider, refusal }: Pick<ProviderHttpOptions, "provider" | "refusal">,
  secrets: readonly string[],
): ReadRefusal {
  const json = parseJson(text);
  const body = json.ok ? json.value : text;
  const own = refusal?.(status, body) ?? {};
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

/** What a refusal without a status is about, by what it says; the first that fits. */
const TOPICS: readonly (readonly [RegExp, ProviderErrorCode])[] = [
  [/credit|quota/i, "PROVIDER_CREDITS_EXHAUSTED"],
  [/rate.?limit|too many|slow down/i, "PROVIDER_RATE_LIMITED"],
  [/api.?key|unauthori[sz]ed|forbidden|credential/i, "PROVIDER_CREDENTIALS_REJECTED"],
  [/unavailable|internal|timed? ?out|try again later|maintenance/i, "PROVIDER_UNAVAILABLE"],
];

function codeByWords(words: string): ProviderErrorCode {
  return TOPICS.find(([topic]) => topic.test(words))?.[1] ?? "PROVIDER_REJECTED_REQUEST";
}

function messageOf(code: ProviderErrorCode, status: number | null, provider: Provider): string {
  const name = PROVIDER_NAMES[provider];
  const told = status === null ? "" : ` (${String(status)})`;
  switch (code) {
    case "PROVIDER_CREDENTIALS_REJECTED":
      return status === 401
        ? `${name} rejected the API key (401). Check ${provider}_API_KEY.`
        : `${name} denied access${told}. Check ${provider}_API_KEY and what its plan includes.`;
    case "PROVIDER_CREDITS_EXHAUSTED":
      return `The credits or quota at ${name} are used up${told}. Check the plan there.`;
    case "PROVIDER_RATE_LIMITED":
      return `${name} is asked too often${told}.`;
    case "PROVIDER_UNAVAILABLE":
      return `${name} failed${told}.`;
    default:
      return `${name} rejected the request${told}.`;
  }
}

const LONGEST = 300;

/** Where the providers put what they say, in the order in which it is preferred. */
const SPOKEN = ["message", "details", "detail"] as const;
const SLUGS = ["code", "id", "title"] as const;

/**
 * The provider's own message in a refusal, as it came; `null` where there is none. Reads `{message}`,
 * `{error: {message}}`, `{error}`, and `{errors: [{details | message}]}`, in each of them text or a list of texts.
 */
export function wordsOf(body: unknown): string | null {
  return envelopes(body).flatMap((envelope) => texts(envelope, SPOKEN))[0] ?? null;
}

/**
 * What a refusal objects to, one by one, as it came: the items of `{errors}`, else a list of texts in `{message}` or
 * `{error: {message}}`. A single text is one; how a provider parts it is for its adapter to know.
 */
export function objectionsIn(body: unknown): readonly string[] {
  const [whole, inner, ...items] = envelopes(body);
  const told = items.flatMap((item) => texts(item, SPOKEN).slice(0, 1));
  if (told.length > 0) return told;
  const lists = [whole, inner].flatMap((envelope) => SPOKEN.map((key) => texts(envelope, [key])));
  return lists.find((list) => list.length > 0) ?? [];
}

/** Whether a refusal is about credits or quota, going by its messages and by its codes. */
export function mentionsCredits(body: unknown, words: string | null): boolean {
  const said = envelopes(body).flatMap((envelope) => texts(envelope, [...SPOKEN, ...SLUGS]));
  return [...said, words ?? ""].some((text) => /credit|quota/i.test(text));
}

/** Words fit for an error: on one line, without control characters and `secrets`, at most 300 characters. */
export function cleanWords(words: string, secrets: readonly string[]): string | null {
  const open = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), words);
  const line = open.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line === "" ? null : Array.from(line).slice(0, LONGEST).join("");
}

/**
 * Words fit for a log: without what the request itself said, which may name a person or company, and without e-mail and
 * web addresses.
 *
 * @param sent the request's body.
 */
export function loggableWords(words: string, sent: unknown): string {
  const values = textsIn(sent, false).filter((text) => text.length > 2);
  const unnamed = values.reduce((text, value) => text.replaceAll(value, "***"), words);
  return unnamed.replace(/\S+@\S+|https?:\S+|www\.\S+/gi, "***");
}

/** The texts in a JSON value, with the names of its fields or without; only so deep and so many as a refusal has. */
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
