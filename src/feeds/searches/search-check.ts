import type { CompanyFilter, PersonFilter } from "../../domain/filter";
import { checkTexts, type InputIssue, type Report } from "../../domain/profile-check";
import { InputError } from "../../domain/errors";

type Texts = readonly string[] | null;

/** A company search as a client sends it. */
export interface GivenCompanyFilter {
  readonly addedAfter?: Date | null;
  readonly addedBefore?: Date | null;
  readonly locations?: Texts;
  readonly functions?: Texts;
  readonly industries?: Texts;
  readonly tlds?: Texts;
  readonly technologies?: Texts;
}

/** A people search as a client sends it. */
export interface GivenPersonFilter {
  readonly jobTitles?: Texts;
  readonly departments?: Texts;
  readonly seniorities?: Texts;
  readonly hasPersonalEmails?: boolean | null;
  readonly hasLinkedinProfile?: boolean | null;
  readonly isDecisionMaker?: boolean | null;
  readonly company?: GivenCompanyFilter | null;
}

/** Checks a company search. @throws {InputError} the message lists all problems. */
export function checkCompanyFilter(input: GivenCompanyFilter): CompanyFilter {
  return orThrow((report) => companyFilter(["filter"], input, report));
}

/** Checks a people search. @throws {InputError} the message lists all problems. */
export function checkPersonFilter(input: GivenPersonFilter): PersonFilter {
  return orThrow((report) => ({
    jobTitles: checkTexts(["filter", "jobTitles"], input.jobTitles, report),
    departments: checkTexts(["filter", "departments"], input.departments, report),
    seniorities: checkTexts(["filter", "seniorities"], input.seniorities, report),
    hasPersonalEmails: input.hasPersonalEmails ?? null,
    hasLinkedinProfile: input.hasLinkedinProfile ?? null,
    isDecisionMaker: input.isDecisionMaker ?? null,
    company: companyFilter(["filter", "company"], input.company ?? {}, report),
  }));
}

function companyFilter(path: readonly string[], input: GivenCompanyFilter, report: Report): CompanyFilter {
  const { addedAfter, addedBefore } = input;
  if (addedAfter && addedBefore && addedAfter > addedBefore) {
    report([...path, "addedAfter"], `${path.join(".")}.addedAfter must not be later than addedBefore.`);
  }
  return {
    addedAfter: addedAfter?.toISOString() ?? null,
    addedBefore: addedBefore?.toISOString() ?? null,
    locations: checkTexts([...path, "locations"], input.locations, report),
    functions: checkTexts([...path, "functions"], input.functions, report),
    industries: checkTexts([...path, "industries"], input.industries, report),
    tlds: checkTlds([...path, "tlds"], input.tlds, report),
    technologies: checkTexts([...path, "technologies"], input.technologies, report),
  };
}

function checkTlds(field: readonly string[], values: Texts | undefined, report: Report): readonly string[] {
  const tlds = checkTexts(field, values, report).map((value) => value.toLowerCase().replace(/^\./, ""));
  const wrong = tlds.filter((tld) => !/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*$/u.test(tld)).slice(0, 10);
  if (wrong.length > 0) {
    report(
      field,
      `${field.join(".")} takes top-level domains such as com or co.uk, not ${wrong.map((one) => JSON.stringify(one)).join(", ")}.`,
    );
  }
  return tlds;
}

function orThrow<T>(check: (report: Report) => T): T {
  const issues: InputIssue[] = [];
  const checked = check((field, message) => issues.push({ field, message }));
  if (issues.length > 0) throw new InputError(issues.map(({ message }) => message).join(" "));
  return checked;
}
