import type { ProviderErrorCode } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { parseJson, type Answered } from "./outcome";
import type { ProviderHttpOptions } from "./provider-call";

/** A 4xx, read. `words` are clean, and `null` where the provider said nothing. */
export interface ReadRefusal {
  readonly code: ProviderErrorCode;
  readonly message: string;
  readonly words: string | null;
}

/** What a 4xx means: in the adapter's reading where it has one, else going by the status and the words. */
export function refusalOf(
  { status, text }: Answered,
  { provider, refusal }: Pick<ProviderHttpOptions, "provider" | "refusal">,
  secrets: readonly string[],
): ReadRefusal {
  const json = parseJson(text);
  const body = json.ok ? json.value : text;
  const own = refusal?.(status, body) ?? {};
  const words = own.words ?? wordsOf(body);
  const code = own.code ?? codeOf(status, body, words);
  const message = own.message ?? messageOf(code, status, provider);
  return { code, message, words: words === null ? null : cleanWords(words, secrets) };
}

function codeOf(status: number, body: unknown, words: string | null): ProviderErrorCode {
  switch (status) {
    case 401:
      return "PROVIDER_CREDENTIALS_REJECTED";
    case 402:
      return "PROVIDER_CREDITS_EXHAUSTED";
    case 403:
      return mentionsCredits(body, words) ? "PROVIDER_CREDITS_EXHAUSTED" : "PROVIDER_CREDENTIALS_REJECTED";
    case 429:
      return "PROVIDER_RATE_LIMITED";
    default:
      return "PROVIDER_REJECTED_REQUEST";
  }
}

function messageOf(code: ProviderErrorCode, status: number, provider: Provider): string {
  const name = PROVIDER_NAMES[provider];
  switch (code) {
    case "PROVIDER_CREDENTIALS_REJECTED":
      return status === 401
        ? `${name} rejected the API key (401). Check ${provider}_API_KEY.`
        : `${name} denied access (${status}). Check ${provider}_API_KEY and what its plan includes.`;
    case "PROVIDER_CREDITS_EXHAUSTED":
      return `The credits or quota at ${name} are used up (${status}). Check the plan there.`;
    case "PROVIDER_RATE_LIMITED":
      return `${name} is asked too often (${status}).`;
    default:
      return `${name} rejected the request (${status}).`;
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
