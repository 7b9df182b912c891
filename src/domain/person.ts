import type { EntityKey } from "./entity-key";
import type { Source } from "./source";

/** The fields of a person. `null` and empty lists mean "unknown". */
export interface PersonFields {
  readonly fullName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly headline: string | null;
  readonly jobTitle: string | null;
  readonly jobDescription: string | null;
  readonly summary: string | null;
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
  readonly isDecisionMaker: boolean | null;
  readonly emails: readonly string[];
  /** ISO 3166 alpha-2 where the country was recognised, else the provider's text. */
  readonly country: string | null;
  readonly location: string | null;
  readonly linkedinUrl: string | null;
}

/** The merge of all records of one person. `employer` is a key of their company; `null` where no record has one. */
export interface Person extends PersonFields {
  readonly kind: "Person";
  readonly key: EntityKey;
  readonly keys: readonly EntityKey[];
  readonly employer: EntityKey | null;
  readonly sources: readonly Source[];
}

export const UNKNOWN_PERSON: PersonFields = Object.freeze({
  fullName: null,
  firstName: null,
  lastName: null,
  headline: null,
  jobTitle: null,
  jobDescription: null,
  summary: null,
  departments: [],
  seniorities: [],
  isDecisionMaker: null,
  emails: [],
  country: null,
  location: null,
  linkedinUrl: null,
});
