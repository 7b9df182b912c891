import { PLACE_CODES, toPlaceCode } from "./country";
import type { Range } from "./profile";

/** A wrong value of an input. `field` is the path to it. */
export interface InputIssue {
  readonly field: readonly string[];
  readonly message: string;
}

/** Collects a problem, so that all problems can be reported at once. */
export type Report = (field: readonly string[], message: string) => void;

/** @see Surfe API v2, `POST /v2/recommendations/icp`, read 2026-11-20: 250 here, 255 on fetch. */
export const MAX_EXTERNAL_USER_ID = 250;
const MAX_VALUES = 500;
const MAX_VALUE_LENGTH = 500;

export interface RangeInput {
  readonly from?: number | null;
  readonly to?: number | null;
}

export function checkExternalUserId(value: string | null | undefined, report: Report): string | null {
  if (value === null || value === undefined) return null;
  if (value.trim() === "")
    report(["externalUserId"], "externalUserId must not be empty; leave it out for your own profile.");
  if (value.length > MAX_EXTERNAL_USER_ID) {
    report(
      ["externalUserId"],
      `externalUserId takes at most ${String(MAX_EXTERNAL_USER_ID)} characters, but has ${String(value.length)}.`,
    );
  }
  return value;
}

/** The range; `null` where both ends are open. */
export function checkRange(
  field: readonly string[],
  range: RangeInput | null | undefined,
  report: Report,
): Range | null {
  const from = range?.from ?? null;
  const to = range?.to ?? null;
  const name = field.join(".");
  if ((from ?? 0) < 0 || (to ?? 0) < 0) report(field, `${name} takes numbers from 0 up.`);
  if (from !== null && to !== null && from > to) {
    report(
      field,
      `${name} begins at ${String(from)}, after its end at ${String(to)}: \`from\` must not be greater than \`to\`.`,
    );
  }
  return from === null && to === null ? null : { from, to };
}

/** Trims the values. Whether a value exists is for the provider to check. */
export function checkTexts(
  field: readonly string[],
  values: readonly string[] | null | undefined,
  report: Report,
): readonly string[] {
  const trimmed = (values ?? []).map((value) => value.trim());
  const name = field.join(".");
  if (trimmed.length > MAX_VALUES) report(field, `${name} takes at most ${String(MAX_VALUES)} values.`);
  if (trimmed.includes("")) report(field, `${name} holds an empty value.`);
  if (trimmed.some((value) => value.length > MAX_VALUE_LENGTH)) {
    report(field, `${name} holds a value of more than ${String(MAX_VALUE_LENGTH)} characters.`);
  }
  return trimmed;
}

export function checkPlaces(
  field: readonly string[],
  values: readonly string[] | null | undefined,
  report: Report,
): readonly string[] {
  const given = checkTexts(field, values, report).filter((value) => value !== "");
  const unknown = given.filter((value) => toPlaceCode(value) === null).slice(0, 10);
  if (unknown.length > 0) {
    const named = unknown.map((value) => JSON.stringify(value.slice(0, 40))).join(", ");
    const hint = unknown.some((value) => value.toUpperCase() === "UK") ? " The United Kingdom is GB." : "";
    report(field, `${field.join(".")} does not know ${named}. Each value is ${PLACE_CODES}.${hint}`);
  }
  return given.map((value) => toPlaceCode(value) ?? value);
}
