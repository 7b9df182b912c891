import type { City, Country } from "./countries";

/** A location of a company; exactly one is `primary`. */
export interface CompanyLocation {
  readonly streetAddress: string;
  readonly city: City;
  readonly country: Country;
  readonly primary: boolean;
}

/** The values by which a company is found. It has one or two `industries`; `country` is that of its headquarters. */
export interface CompanyFacts {
  readonly employeeCount: number;
  readonly revenueUsd: number;
  readonly industries: readonly string[];
  readonly country: Country;
}

/**
 * A company of the catalogue; each simulator writes it in the form of its provider. `linkedInSlug` is `null` where it has no
 * page; `size` is a range of persons and may contradict `employeeCount`; the first location is the primary one; `createdAt` is
 * ISO 8601, UTC.
 */
export interface Company extends CompanyFacts {
  readonly index: number;
  readonly name: string;
  readonly domain: string;
  readonly linkedInSlug: string | null;
  readonly logoUrl: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly technologies: readonly string[];
  readonly functions: readonly string[];
  readonly size: string;
  readonly yearFounded: number;
  readonly hqAddress: string;
  readonly locations: readonly CompanyLocation[];
  readonly createdAt: string;
}

/** A person of the catalogue. `linkedInSlug` and `workEmail` are `null` where there is none. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string;
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
  readonly country: Country;
  readonly location: string;
  readonly summary: string;
  readonly description: string;
  readonly linkedInSlug: string | null;
  readonly isDecisionMaker: boolean;
  readonly workEmail: string | null;
  readonly personalEmails: readonly string[];
}
