import type { Company, Person } from "./catalogue-model";
import { countryOf } from "./countries";

/**
 * The company of the example in Surfe's documentation; index 0 of the catalogue. The values that the example does not have
 * (revenue, technologies, functions, creation) are invented.
 *
 * @see Surfe API v2, `POST /v2/recommendations/fetch`, example response.
 */
export const FIRST_COMPANY: Company = {
  index: 0,
  name: "Surfe",
  domain: "surfe.com",
  linkedInSlug: "surfe",
  logoUrl: "https://cdn.surfe.com/logo.png",
  description: "The connected workspace for sales teams",
  industries: ["SaaS", "Sales"],
  keywords: ["sales", "crm", "productivity"],
  technologies: ["HubSpot", "Salesforce"],
  functions: ["Engineering", "Sales"],
  employeeCount: 50,
  size: "51-200",
  revenueUsd: 8_000_000,
  yearFounded: 2020,
  hqAddress: "Paris, France",
  country: countryOf("FR"),
  locations: [
    {
      streetAddress: "1 Rue de Rivoli",
      city: {
        locality: "Paris",
        region: "Ile-de-France",
        regionCode: "IDF",
        postalCode: "75001",
        latitude: 48.8566,
        longitude: 2.3522,
      },
      country: countryOf("FR"),
      primary: true,
    },
  ],
  createdAt: "2024-01-15T09:00:00Z",
};

/** The one person of that example. */
export const FIRST_PEOPLE: readonly Person[] = [
  {
    firstName: "John",
    lastName: "Doe",
    jobTitle: "Head of Sales",
    departments: ["Sales"],
    seniorities: ["Head"],
    country: countryOf("US"),
    location: "New York, US",
    summary: "Experienced sales leader with 10+ years",
    description: "Leading the sales team at Surfe",
    linkedInSlug: "johndoe",
    isDecisionMaker: true,
    workEmail: null,
    personalEmails: [],
  },
];
