import type { FieldRanks } from "../../domain/preference";

/** Lusha names a company with a contact as often as by itself, and gives one industry; a full name may come without its parts. */
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
