import { useQuery } from "@apollo/client/react";
import { graphql } from "../generated";

const SuggestionsQuery = graphql(`
  query Suggestions {
    profileOptions {
      industries
      departments
      seniorities
      regions
    }
  }
`);

/** Values to suggest in a profile's form. */
export interface Suggestions {
  readonly industries: readonly string[];
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
  readonly regions: readonly string[];
}

/** What Surfe says that it takes; until it has, and where it does not say, some values that are known. */
export function useSuggestions(): Suggestions {
  const { data } = useQuery(SuggestionsQuery);
  return data?.profileOptions ?? KNOWN;
}

/** @see Surfe API v2, `POST /v2/recommendations/icp`, read 2026-11-20: regions and seniorities; the others are the sandbox's. */
const KNOWN: Suggestions = {
  regions: ["W-EMEA", "W-EU", "W-ME", "W-AF", "W-APAC", "W-OC", "W-AMER", "W-NA", "W-LATAM"],
  seniorities: ["Board Member", "C-Level", "Director", "Founder", "Head", "Manager", "Other", "Owner", "Partner", "VP"],
  industries: ["Banking", "Cybersecurity", "E-Commerce", "Energy", "Finance", "Healthcare", "SaaS", "Software"],
  departments: ["Engineering", "Finance", "Human Resources", "IT", "Marketing", "Operations", "Product", "Sales"],
};
