/** What programs write where a value is missing. */
const MISSING_VALUES: ReadonlySet<string> = new Set([
  "na",
  "nan",
  "nil",
  "none",
  "notapplicable",
  "notavailable",
  "notfound",
  "null",
  "unavailable",
  "undefined",
]);

/** What people write in its place. Domains of these names are registered by somebody; LinkedIn pages are not told apart. */
const MISSING_WORDS: ReadonlySet<string> = new Set(["empty", "false", "invalid", "missing", "unknown", "unspecified"]);

/**
 * Whether the label of a domain (`undefined` in `undefined.com`) stands for a missing value: `n-a`, `null-null`, `--`.
 *
 * @param label lower case.
 */
export function isPlaceholderLabel(label: string): boolean {
  return standsFor(label, (word) => MISSING_VALUES.has(word));
}

/**
 * Whether a LinkedIn slug stands for a missing value. LinkedIn's own `unavailable` is one: it answers for every page
 * that it does not show.
 *
 * @param slug lower case, percent-decoded.
 */
export function isPlaceholderSlug(slug: string): boolean {
  return standsFor(slug, (word) => MISSING_VALUES.has(word) || MISSING_WORDS.has(word));
}

/** Punctuation alone says nothing; `not-available` is one word, `undefined-undefined` is two. */
function standsFor(text: string, isMissing: (word: string) => boolean): boolean {
  const words = text.split(/[\p{P}\p{Z}]+/u).filter((word) => word !== "");
  return words.every(isMissing) || isMissing(words.join(""));
}
