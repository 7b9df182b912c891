import type { EntityKey } from "./entity-key";
import type { JsonObject } from "./json-object";

/** A range, both ends inclusive; `null`: no limit. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** The criteria of a profile. Empty lists and `null` do not restrict. */
export interface ProfileCriteria {
  readonly companies: {
    readonly employeeCount: Range | null;
    readonly industries: readonly string[];
    /** ISO 3166 alpha-2 codes or world regions, upper case. */
    readonly primaryLocations: readonly string[];
    /** US dollars a year. */
    readonly revenue: Range | null;
  };
  readonly people: {
    readonly countries: readonly string[];
    readonly departments: readonly string[];
    readonly jobTitles: readonly string[];
    readonly seniorities: readonly string[];
  };
  readonly exampleCompanies: readonly EntityKey[];
  readonly examplePeople: readonly PersonExample[];
  /** Whom no lookalike may be; absent where there are none. */
  readonly excludeCompanies?: readonly EntityKey[];
  readonly excludePeople?: readonly PersonExample[];
  /** Surfe's filters that have no field here, as they were given; absent where there are none. */
  readonly surfe?: JsonObject;
}

/** A person named as an example. */
export interface PersonExample {
  readonly key: EntityKey;
  /** Their company by a provider's own id; `null` where the person was named without one. */
  readonly companyKey: EntityKey | null;
}

/** A saved profile. `externalUserId` is `null` for the authenticated user's own. */
export interface Profile {
  readonly id: string;
  readonly externalUserId: string | null;
  /** The id that the provider which stores profiles uses for it; absent until that provider has returned one. */
  readonly providerId?: string;
  readonly criteria: ProfileCriteria;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
