import { alpha3ToAlpha2, getAlpha2Code, getSimpleAlpha2Code, isValid, registerLocale } from "i18n-iso-countries/index";
import english from "i18n-iso-countries/langs/en.json";
import { LRUCache } from "lru-cache";

registerLocale(english);

/** World regions a profile may name instead of a country. @see Surfe, Get Filters, read 2026-11-20. */
const WORLD_REGIONS: readonly string[] = [
  "W-AF",
  "W-AMER",
  "W-APAC",
  "W-EMEA",
  "W-EU",
  "W-LATAM",
  "W-ME",
  "W-NA",
  "W-OC",
];

/** What `toPlaceCode` takes, for messages. */
export const PLACE_CODES = `an ISO 3166 alpha-2 country code such as FR, or one of ${WORLD_REGIONS.join(", ")}`;

/** Codes of names that were looked up: looking one up goes through all countries. */
const codesByName = new LRUCache<string, string>({ max: 1_000 });

/** `France`, `fr`, `FRA` → `FR`; what cannot be told stays as given, trimmed. */
export function toCountry(text: string): string {
  const given = text.trim();
  const upper = given.toUpperCase();
  if (/^[A-Z]{2}$/.test(upper)) return isValid(upper) ? upper : upper === "UK" ? "GB" : given;
  const known = codesByName.get(given);
  if (known !== undefined) return known;
  const code = alpha3ToAlpha2(upper) ?? getAlpha2Code(given, "en") ?? getSimpleAlpha2Code(given, "en") ?? given;
  codesByName.set(given, code);
  return code;
}

/** An ISO 3166 alpha-2 code or world region, upper case; `null` where it is neither. */
export function toPlaceCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (WORLD_REGIONS.includes(code)) return code;
  return /^[A-Z]{2}$/.test(code) && isValid(code) ? code : null;
}
