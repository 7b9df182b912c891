import { alpha3ToAlpha2, getAlpha2Code, getSimpleAlpha2Code, isValid, registerLocale } from "i18n-iso-countries/index";
import english from "i18n-iso-countries/langs/en.json";
import { LRUCache } from "lru-cache";
import worldRegions from "./world-regions.json";

registerLocale(english);

/** By region: its countries and the regions inside it, separated by spaces. */
const MEMBERS = new Map(Object.entries(worldRegions.regions));

/** World regions a profile may name instead of a country. @see Surfe, Get Filters, read 2026-11-20. */
export const WORLD_REGIONS: readonly string[] = [...MEMBERS.keys()].sort();

/**
 * The countries in a world region, as ISO 3166 alpha-2 codes in alphabetical order. Any other text is returned as it is, in a
 * list of one.
 *
 * @see world-regions.json for the source.
 */
export function countriesIn(place: string): readonly string[] {
  const members = MEMBERS.get(place);
  return members === undefined ? [place] : [...new Set(members.split(" ").flatMap(countriesIn))].sort();
}

/** The values that `toPlaceCode` accepts, for error messages. */
export const PLACE_CODES = `an ISO 3166 alpha-2 country code such as FR, or one of ${WORLD_REGIONS.join(", ")}`;

/** Codes by country name. Cached, because a lookup compares with all countries; never wrong, since the countries are part of the program. */
const codesByName = new LRUCache<string, string>({ max: 1_000 });

/** `France`, `fr`, `FRA` → `FR`; a text that names no known country is returned as given, trimmed. */
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
