import type { CompanyFields } from "./company";
import type { PersonFields } from "./person";
import type { Provider } from "./provider";

type OrderOf<Members, Member = Members> = [Members] extends [never]
  ? readonly []
  : Member extends Members
    ? readonly [Member, ...OrderOf<Exclude<Members, Member>>]
    : never;

/** All providers, each once: the one whose word counts first comes first. */
export type ProviderOrder = OrderOf<Provider>;

/** A record's fields, and the one that is not a value of its own but leads to another entity. */
export type CompanyField = keyof CompanyFields;
export type PersonField = keyof PersonFields | "company";

/**
 * Whose word counts first on a company, field by field. A provider that never supplies a field comes last in it.
 * `docs/identity.md` gives the reasons; a test compares the two.
 */
export const COMPANY_PREFERENCE = {
  name: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  domain: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  linkedinUrl: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  description: ["SURFE", "LUSHA", "LETRICS", "LINKUP"],
  logoUrl: ["SURFE", "LUSHA", "LETRICS", "LINKUP"],
  industries: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  keywords: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  technologies: ["LETRICS", "SURFE", "LUSHA", "LINKUP"],
  functions: ["LETRICS", "SURFE", "LUSHA", "LINKUP"],
  employeeCount: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  employeeRange: ["SURFE", "LUSHA", "LETRICS", "LINKUP"],
  yearFounded: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  headquarters: ["SURFE", "LUSHA", "LETRICS", "LINKUP"],
  locations: ["SURFE", "LUSHA", "LETRICS", "LINKUP"],
} as const satisfies Record<CompanyField, ProviderOrder>;

/** Likewise on a person. `company` is their employer. */
export const PERSON_PREFERENCE = {
  fullName: ["SURFE", "LETRICS", "LINKUP", "LUSHA"],
  firstName: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  lastName: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  headline: ["LINKUP", "SURFE", "LETRICS", "LUSHA"],
  jobTitle: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  jobDescription: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  summary: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  departments: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  seniorities: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  isDecisionMaker: ["LETRICS", "SURFE", "LUSHA", "LINKUP"],
  emails: ["LETRICS", "SURFE", "LUSHA", "LINKUP"],
  country: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
  location: ["SURFE", "LUSHA", "LETRICS", "LINKUP"],
  linkedinUrl: ["LINKUP", "SURFE", "LETRICS", "LUSHA"],
  company: ["SURFE", "LETRICS", "LUSHA", "LINKUP"],
} as const satisfies Record<PersonField, ProviderOrder>;
