import type { ProviderErrorCode } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import { parseJson } from "./json";
import type { Answered } from "./outcome";
import type { ProviderHttpOptions } from "./provider-call";
import { cleanWords, mentionsCredits, wordsOf } from "./refusal-words";

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
