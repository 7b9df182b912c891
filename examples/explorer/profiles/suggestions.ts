/** @see Surfe API v2, `POST /v2/recommendations/icp`, read 2026-11-20: these and ISO 3166 alpha-2 country codes. */
export const REGIONS = ["W-EMEA", "W-EU", "W-ME", "W-AF", "W-APAC", "W-OC", "W-AMER", "W-NA", "W-LATAM"];

/** @see Surfe API v2, `POST /v2/recommendations/icp`, read 2026-11-20. */
export const SENIORITIES = [
  "Board Member",
  "C-Level",
  "Director",
  "Founder",
  "Head",
  "Manager",
  "Other",
  "Owner",
  "Partner",
  "VP",
];

/** Some that the sandbox knows: which there are is the provider's to say. */
export const INDUSTRIES = [
  "Banking",
  "Cybersecurity",
  "E-Commerce",
  "Energy",
  "Finance",
  "Healthcare",
  "SaaS",
  "Software",
];

/** Likewise. */
export const DEPARTMENTS = [
  "Engineering",
  "Finance",
  "Human Resources",
  "IT",
  "Marketing",
  "Operations",
  "Product",
  "Sales",
];
