/** `chief` is its C-level title, `roles` are titles without leadership. */
export interface Department {
  readonly name: string;
  readonly chief: string;
  readonly roles: readonly string[];
}

/** Departments; a company's functions are some of these too. */
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

/**
 * `decides`: whether such a person is a decision maker; `step`: the level in a department, `null` for those who own or oversee
 * the company; `weight`: how common it is; `titles` returns titles in a department.
 */
export interface Seniority {
  readonly name: string;
  readonly decides: boolean;
  readonly step: number | null;
  readonly weight: number;
  titles(department: Department): readonly string[];
}

/** In the order and form of Surfe; the lists of other providers can be derived from them. */
export const SENIORITIES: readonly Seniority[] = [
  {
    name: "Board Member",
    decides: true,
    step: null,
    weight: 1,
    titles: () => ["Board Member", "Non-Executive Director"],
  },
  { name: "C-Level", decides: true, step: 5, weight: 2, titles: ({ chief }) => [chief] },
  {
    name: "Director",
    decides: true,
    step: 3,
    weight: 3,
    titles: ({ name }) => [`${name} Director`, `Director of ${name}`],
  },
  { name: "Founder", decides: true, step: null, weight: 1, titles: () => ["Founder", "Co-Founder", "Founder & CEO"] },
  { name: "Head", decides: true, step: 3, weight: 2, titles: ({ name }) => [`Head of ${name}`] },
  {
    name: "Manager",
    decides: false,
    step: 1,
    weight: 4,
    titles: ({ name }) => [`${name} Manager`, `Senior ${name} Manager`],
  },
  { name: "Other", decides: false, step: 0, weight: 5, titles: ({ roles }) => roles },
  { name: "Owner", decides: true, step: null, weight: 1, titles: () => ["Owner"] },
  { name: "Partner", decides: true, step: null, weight: 1, titles: () => ["Partner", "Managing Partner"] },
  {
    name: "VP",
    decides: true,
    step: 4,
    weight: 2,
    titles: ({ name }) => [`VP of ${name}`, `Vice President, ${name}`],
  },
];

/** Each seniority as often as its weight, for weighted random picks. */
export const WEIGHTED_SENIORITIES: readonly Seniority[] = SENIORITIES.flatMap((one) =>
  Array.from({ length: one.weight }, () => one),
);

/** The similarity of two jobs, 0 to 1: half by department, half by level. */
export function jobLikeness(one: Job, other: Job): number {
  const sameDepartment = one.departments.some((name) => other.departments.includes(name));
  return (sameDepartment ? 0.5 : 0) + 0.5 * seniorityLikeness(stepOf(one), stepOf(other));
}

/** The job of a person. */
interface Job {
  readonly departments: readonly string[];
  readonly seniorities: readonly string[];
}

const TOP_STEP = 5;

function seniorityLikeness(one: number | null, other: number | null): number {
  if (one === null || other === null) return one === other ? 1 : 0;
  return 1 - Math.abs(one - other) / TOP_STEP;
}

function stepOf({ seniorities }: Job): number | null {
  return SENIORITIES.find(({ name }) => seniorities.includes(name))?.step ?? null;
}
