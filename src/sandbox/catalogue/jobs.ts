/** `chief` is its C-level title, `roles` the titles of those who lead nobody. */
export interface Department {
  readonly name: string;
  readonly chief: string;
  readonly roles: readonly string[];
}

/** Where people work; a company's functions are some of these too. */
export const DEPARTMENTS: readonly Department[] = [
  {
    name: "Customer Success",
    chief: "Chief Customer Officer",
    roles: ["Customer Success Specialist", "Support Agent"],
  },
  { name: "Design", chief: "Chief Design Officer", roles: ["Product Designer", "UX Researcher"] },
  {
    name: "Engineering",
    chief: "Chief Technology Officer",
    roles: ["Software Engineer", "Data Engineer", "Site Reliability Engineer"],
  },
  { name: "Finance", chief: "Chief Financial Officer", roles: ["Financial Analyst", "Accountant"] },
  { name: "Human Resources", chief: "Chief People Officer", roles: ["Recruiter", "HR Business Partner"] },
  { name: "IT", chief: "Chief Information Officer", roles: ["Systems Administrator", "IT Analyst"] },
  { name: "Legal", chief: "Chief Legal Officer", roles: ["Legal Counsel", "Paralegal"] },
  { name: "Marketing", chief: "Chief Marketing Officer", roles: ["Content Strategist", "Marketing Specialist"] },
  { name: "Operations", chief: "Chief Operating Officer", roles: ["Operations Analyst", "Project Coordinator"] },
  { name: "Product", chief: "Chief Product Officer", roles: ["Product Analyst", "Product Owner"] },
  { name: "Sales", chief: "Chief Revenue Officer", roles: ["Account Executive", "Sales Development Representative"] },
];

/** `decides`: whether such a person counts as a decision maker; `weight`: how common it is; `titles` fit the department. */
export interface Seniority {
  readonly name: string;
  readonly decides: boolean;
  readonly weight: number;
  titles(department: Department): readonly string[];
}

/** In Surfe's spelling and order, which the other providers' lists can be made from. */
export const SENIORITIES: readonly Seniority[] = [
  { name: "Board Member", decides: true, weight: 1, titles: () => ["Board Member", "Non-Executive Director"] },
  { name: "C-Level", decides: true, weight: 2, titles: ({ chief }) => [chief] },
  { name: "Director", decides: true, weight: 3, titles: ({ name }) => [`${name} Director`, `Director of ${name}`] },
  { name: "Founder", decides: true, weight: 1, titles: () => ["Founder", "Co-Founder", "Founder & CEO"] },
  { name: "Head", decides: true, weight: 2, titles: ({ name }) => [`Head of ${name}`] },
  { name: "Manager", decides: false, weight: 4, titles: ({ name }) => [`${name} Manager`, `Senior ${name} Manager`] },
  { name: "Other", decides: false, weight: 5, titles: ({ roles }) => roles },
  { name: "Owner", decides: true, weight: 1, titles: () => ["Owner"] },
  { name: "Partner", decides: true, weight: 1, titles: () => ["Partner", "Managing Partner"] },
  { name: "VP", decides: true, weight: 2, titles: ({ name }) => [`VP of ${name}`, `Vice President, ${name}`] },
];

/** Every seniority as often as its weight: a uniform pick from it is a weighted one. */
export const WEIGHTED_SENIORITIES: readonly Seniority[] = SENIORITIES.flatMap((one) =>
  Array.from({ length: one.weight }, () => one),
);
