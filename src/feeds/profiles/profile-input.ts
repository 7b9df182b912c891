import type { EntityKey } from "../../domain/entity-key";
import { checkExtraFilters } from "../../domain/extra-filters";
import type { JsonObject } from "../../domain/json-object";
import type { PersonExample, ProfileCriteria } from "../../domain/profile";
import {
  checkExternalUserId,
  checkPlaces,
  checkRange,
  checkTexts,
  type InputIssue,
  type RangeInput,
  type Report,
} from "../../domain/profile-check";
import {
  resolveCompany,
  resolvePerson,
  type CompanyReference,
  type PersonReference,
  type Resolved,
} from "../entities/entity-references";

type Texts = readonly string[] | null;

/** A profile as a client sends it. */
export interface ProfileInput {
  readonly externalUserId?: string | null;
  readonly companies?: {
    readonly employeeCount?: RangeInput | null;
    readonly industries?: Texts;
    readonly primaryLocations?: Texts;
    readonly revenue?: RangeInput | null;
  } | null;
  readonly people?: {
    readonly countries?: Texts;
    readonly departments?: Texts;
    readonly jobTitles?: Texts;
    readonly seniorities?: Texts;
  } | null;
  readonly exampleCompanies?: readonly CompanyReference[] | null;
  readonly examplePeople?: readonly PersonReference[] | null;
  readonly excludeCompanies?: readonly CompanyReference[] | null;
  readonly excludePeople?: readonly PersonReference[] | null;
  readonly surfe?: JsonObject | null;
}

export interface CheckedProfile {
  readonly externalUserId: string | null;
  readonly criteria: ProfileCriteria;
  /** All problems that can be found without a lookup. */
  readonly issues: readonly InputIssue[];
  /** The examples that are given by id: a lookup must check that they exist. */
  readonly ids: readonly ExampleId[];
}

export interface ExampleId {
  readonly field: readonly string[];
  readonly id: string;
  readonly key: EntityKey;
}

/** Most examples of one kind in a profile: as many as the provider of lookalikes takes as seeds. */
export const MAX_EXAMPLES = 100;

/** Checks every field, and collects all problems. Values that only a provider can check are not checked here. */
export function checkProfile(input: ProfileInput): CheckedProfile {
  const issues: InputIssue[] = [];
  const ids: ExampleId[] = [];
  const report: Report = (field, message) => issues.push({ field, message });
  const { companies, people } = input;
  const excludeCompanies = checkExamples("excludeCompanies", input.excludeCompanies, resolveCompany, report, ids);
  const excludePeople = checkExamples("excludePeople", input.excludePeople, resolvePerson, report, ids);
  const surfe = checkExtraFilters(["surfe"], input.surfe, report);
  const criteria: ProfileCriteria = {
    companies: {
      employeeCount: checkRange(["companies", "employeeCount"], companies?.employeeCount, report),
      industries: checkTexts(["companies", "industries"], companies?.industries, report),
      primaryLocations: checkPlaces(["companies", "primaryLocations"], companies?.primaryLocations, report),
      revenue: checkRange(["companies", "revenue"], companies?.revenue, report),
    },
    people: {
      countries: checkPlaces(["people", "countries"], people?.countries, report),
      departments: checkTexts(["people", "departments"], people?.departments, report),
      jobTitles: checkTexts(["people", "jobTitles"], people?.jobTitles, report),
      seniorities: checkTexts(["people", "seniorities"], people?.seniorities, report),
    },
    exampleCompanies: checkExamples("exampleCompanies", input.exampleCompanies, resolveCompany, report, ids),
    examplePeople: checkExamples("examplePeople", input.examplePeople, resolvePerson, report, ids),
    ...(excludeCompanies.length === 0 ? {} : { excludeCompanies }),
    ...(excludePeople.length === 0 ? {} : { excludePeople }),
    ...(surfe === null ? {} : { surfe }),
  };
  return { externalUserId: checkExternalUserId(input.externalUserId, report), criteria, issues, ids };
}

function checkExamples<Reference extends { readonly id?: string | null }, Example extends EntityKey | PersonExample>(
  name: string,
  references: readonly Reference[] | null | undefined,
  resolve: (reference: Reference) => Resolved<Example>,
  report: Report,
  ids: ExampleId[],
): readonly Example[] {
  const given = references ?? [];
  if (given.length > MAX_EXAMPLES) report([name], `${name} takes at most ${String(MAX_EXAMPLES)} examples.`);
  return given.flatMap((reference, i) => {
    const field = [name, String(i)];
    const resolved = resolve(reference);
    if (!resolved.ok) {
      report(field, resolved.message);
      return [];
    }
    const { value } = resolved;
    if (reference.id != null) ids.push({ field, id: reference.id, key: typeof value === "string" ? value : value.key });
    return [value];
  });
}
