import type { FieldRanks } from "../../domain/preference";

/** Lusha gives few fields of a company, and one industry; a full name may come without first and last name. */
export const lushaRanks: FieldRanks = {
  company: {
    name: 30,
    domain: 30,
    linkedinUrl: 30,
    description: 30,
    logoUrl: null,
    industries: 30,
    keywords: null,
    technologies: null,
    functions: null,
    employeeCount: 30,
    employeeRange: 30,
    yearFounded: null,
    headquarters: 30,
    locations: 30,
  },
  person: {
    fullName: 40,
    firstName: 30,
    lastName: 30,
    headline: null,
    jobTitle: 30,
    jobDescription: null,
    summary: null,
    departments: 30,
    seniorities: 30,
    isDecisionMaker: null,
    emails: null,
    country: 30,
    location: 30,
    linkedinUrl: 30,
    company: 30,
  },
};
