import type { FormProfileFragment, UpsertIcpInput } from "../generated/graphql";

/** A profile as the form holds it: everything is text until it is sent. */
export interface ProfileValues {
  readonly externalUserId: string;
  readonly industries: readonly string[];
  readonly primaryLocations: readonly string[];
  readonly employeesFrom: string;
  readonly employeesTo: string;
  readonly revenueFrom: string;
  readonly revenueTo: string;
  readonly countries: readonly string[];
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
  readonly jobTitles: readonly string[];
  readonly exampleCompanies: readonly string[];
  readonly examplePeople: readonly string[];
  readonly excludeCompanies: readonly string[];
  readonly excludePeople: readonly string[];
  /** Filters that the form does not show: they stay as they are. */
  readonly surfe: FormProfileFragment["surfe"];
}

export const NO_VALUES: ProfileValues = {
  externalUserId: "",
  industries: [],
  primaryLocations: [],
  employeesFrom: "",
  employeesTo: "",
  revenueFrom: "",
  revenueTo: "",
  countries: [],
  departments: [],
  seniorities: [],
  jobTitles: [],
  exampleCompanies: [],
  examplePeople: [],
  excludeCompanies: [],
  excludePeople: [],
  surfe: null,
};

/** A saved profile, to be changed. An example is named by what people know it by, else by its id. */
export function valuesOf(profile: FormProfileFragment): ProfileValues {
  const { companies, people } = profile;
  return {
    externalUserId: profile.externalUserId ?? "",
    industries: companies.industries,
    primaryLocations: companies.primaryLocations,
    employeesFrom: textOf(companies.employeeCount?.from),
    employeesTo: textOf(companies.employeeCount?.to),
    revenueFrom: textOf(companies.revenue?.from),
    revenueTo: textOf(companies.revenue?.to),
    countries: people.countries,
    departments: people.departments,
    seniorities: people.seniorities,
    jobTitles: people.jobTitles,
    exampleCompanies: profile.exampleCompanies.map(companyText),
    examplePeople: profile.examplePeople.map(personText),
    excludeCompanies: profile.excludeCompanies.map(companyText),
    excludePeople: profile.excludePeople.map(personText),
    surfe: profile.surfe ?? null,
  };
}

/** What the graph is sent. The whole profile is replaced, so every criterion is in it. */
export function inputOf(values: ProfileValues): UpsertIcpInput {
  return {
    externalUserId: values.externalUserId.trim() || null,
    companies: {
      industries: [...values.industries],
      primaryLocations: [...values.primaryLocations],
      employeeCount: { from: numberOf(values.employeesFrom), to: numberOf(values.employeesTo) },
      revenue: { from: numberOf(values.revenueFrom), to: numberOf(values.revenueTo) },
    },
    people: {
      countries: [...values.countries],
      departments: [...values.departments],
      seniorities: [...values.seniorities],
      jobTitles: [...values.jobTitles],
    },
    exampleCompanies: values.exampleCompanies.map(companyReference),
    examplePeople: values.examplePeople.map(personReference),
    excludeCompanies: values.excludeCompanies.map(companyReference),
    excludePeople: values.excludePeople.map(personReference),
    surfe: values.surfe ?? null,
  };
}

function companyText({ id, domain, linkedinUrl }: FormProfileFragment["exampleCompanies"][number]): string {
  return domain ?? linkedinUrl ?? id;
}

function personText({ id, linkedinUrl }: FormProfileFragment["examplePeople"][number]): string {
  return linkedinUrl ?? id;
}

type CompanyReference = NonNullable<UpsertIcpInput["exampleCompanies"]>[number];

type PersonReference = NonNullable<UpsertIcpInput["examplePeople"]>[number];

/** Lusha's ids are numbers; those of the graph are long, and have no dot in them. */
function companyReference(text: string): CompanyReference {
  if (isLinkedin(text)) return { linkedinUrl: text };
  if (/^\d+$/.test(text)) return { lushaCompanyId: text };
  return isGlobalId(text) ? { id: text } : { domain: text };
}

function personReference(text: string): PersonReference {
  const [, personId, companyId] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (personId !== undefined && companyId !== undefined) return { lusha: { personId, companyId } };
  return isGlobalId(text) ? { id: text } : { linkedinUrl: text };
}

function isGlobalId(text: string): boolean {
  return /^[\w-]{20,}$/.test(text);
}

function isLinkedin(text: string): boolean {
  return text.toLowerCase().includes("linkedin.com/");
}

function textOf(value: number | null | undefined): string {
  return value == null ? "" : String(value);
}

function numberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
