import type { EntityKey } from "./entity-key";
import type { Source } from "./source";

/** An address. `null` is "unknown"; `country` is ISO 3166 alpha-2 where the country was recognised, else the provider's text. */
export interface Location {
  readonly country: string | null;
  readonly region: string | null;
  readonly regionCode: string | null;
  readonly locality: string | null;
  readonly postalCode: string | null;
  readonly streetAddress: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly primary: boolean;
}

/** The fields of a company. `null` and empty lists mean "unknown". */
export interface CompanyFields {
  readonly name: string | null;
  readonly domain: string | null;
  readonly linkedinUrl: string | null;
  readonly description: string | null;
  readonly logoUrl: string | null;
  readonly industries: readonly string[];
  readonly keywords: readonly string[];
  readonly technologies: readonly string[];
  readonly functions: readonly string[];
  /** Persons. */
  readonly employeeCount: number | null;
  readonly employeeRange: string | null;
  readonly yearFounded: number | null;
  readonly headquarters: Location | null;
  readonly locations: readonly Location[];
}

/** The merge of all records of one company. */
export interface Company extends CompanyFields {
  readonly kind: "Company";
  readonly key: EntityKey;
  /** All its keys, past ones too, strongest first; `key` is the first. */
  readonly keys: readonly EntityKey[];
  readonly sources: readonly Source[];
}

export const UNKNOWN_COMPANY: CompanyFields = Object.freeze({
  name: null,
  domain: null,
  linkedinUrl: null,
  description: null,
  logoUrl: null,
  industries: [],
  keywords: [],
  technologies: [],
  functions: [],
  employeeCount: null,
  employeeRange: null,
  yearFounded: null,
  headquarters: null,
  locations: [],
});
