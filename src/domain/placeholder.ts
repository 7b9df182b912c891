/** Words that programs write in place of a missing value. */
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

/** Words that people write in its place. Real domains have these names, so they count for LinkedIn slugs only. */
const MISSING_WORDS: ReadonlySet<string> = new Set(["empty", "false", "invalid", "missing", "unknown", "unspecified"]);

/**
 * Whether the label of a domain (`undefined` in `undefined.com`) stands for a missing value: `n-a`, `null-null`, `--`.
 *
 * @param label lower case.
 */
export function isPlaceholderLabel(label: string): boolean {
  return consistsOf(label, (word) => MISSING_VALUES.has(word));
}

/**
 * Whether a LinkedIn slug stands for a missing value. LinkedIn itself uses `unavailable` for pages that it does not show.
 *
 * @param slug lower case, percent-decoded.
 */
export function isPlaceholderSlug(slug: string): boolean {
  return consistsOf(slug, (word) => MISSING_VALUES.has(word) || MISSING_WORDS.has(word));
}

/** True for punctuation only, for missing words only, and for words that are one when joined (`not-available`). */
function consistsOf(text: string, isMissing: (word: string) => boolean): boolean {
  const words = text.split(/[\p{P}\p{Z}]+/u).filter((word) => word !== "");
  return words.every(isMissing) || isMissing(words.join(""));
}
