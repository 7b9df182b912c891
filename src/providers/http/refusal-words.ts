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
