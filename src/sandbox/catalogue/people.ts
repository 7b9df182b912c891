import { COMPANY_COUNT, companyAt } from "./companies";
import type { Company, Person } from "./catalogue-model";
import { WEIGHTED_COUNTRIES } from "./countries";
import { FIRST_PEOPLE } from "./first-company";
import { DEPARTMENTS, WEIGHTED_SENIORITIES } from "./jobs";
import { FIRST_NAMES, LAST_NAMES, slugOf } from "./names";
import { Random } from "./random";
import { memoized } from "./memoized";

/** A person's number is the index of their company times this, plus their index in the company. */
export const MOST_PEOPLE = 8;
const PEOPLE_COUNTS = [1, 2, 4, 5, 5, 5, 6, 6, 7, MOST_PEOPLE];

/** Makes the random values of people independent of those of their company. */
const PEOPLE_SALT = 7;

/**
 * The one to eight people of a company, in random order: the same in every process.
 *
 * @throws {RangeError} the catalogue has no such company.
 */
export const peopleAt: (index: number) => readonly Person[] = memoized(makePeople, 1000);

/** Whether there is a person with that number. */
export function hasPerson(person: number): boolean {
  const company = companyOf(person);
  return (
    Number.isInteger(person) &&
    company >= 0 &&
    company < COMPANY_COUNT &&
    peopleAt(company).length > person % MOST_PEOPLE
  );
}

/**
 * The person with that number.
 *
 * @throws {RangeError} there is none.
 */
export function personAt(person: number): Person {
  const found = peopleAt(companyOf(person))[person % MOST_PEOPLE];
  if (found === undefined) throw new RangeError(`no person ${person} in the catalogue`);
  return found;
}

/** The numbers of a company's people. */
export function peopleOf(company: number): readonly number[] {
  return peopleAt(company).map((_, place) => company * MOST_PEOPLE + place);
}

/** The index of the company a person works at. */
export function companyOf(person: number): number {
  return Math.floor(person / MOST_PEOPLE);
}

function makePeople(index: number): readonly Person[] {
  if (index === 0) return FIRST_PEOPLE;
  const company = companyAt(index);
  const random = new Random(index, PEOPLE_SALT);
  const count = random.pick(PEOPLE_COUNTS);
  return Array.from({ length: count }, (_, place) => makePerson(random, company, place));
}

function makePerson(random: Random, company: Company, place: number): Person {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const department = random.pick(DEPARTMENTS);
  const seniority = random.pick(WEIGHTED_SENIORITIES);
  const jobTitle = random.pick(seniority.titles(department));
  const country = random.chance(0.8) ? company.country : random.pick(WEIGHTED_COUNTRIES);
  const number = company.index * MOST_PEOPLE + place;
  const mailbox = `${slugOf(firstName, "")}.${slugOf(lastName, "")}`;
  return {
    firstName,
    lastName,
    jobTitle,
    departments: [department.name],
    seniorities: [seniority.name],
    country,
    location: `${random.pick(country.cities).locality}, ${country.code}`,
    summary: `${jobTitle} with ${random.between(2, 30)} years in ${company.industries[0] ?? "business"}`,
    description: `${jobTitle} at ${company.name}`,
    linkedInSlug: random.chance(0.04) ? null : `${slugOf(`${firstName} ${lastName}`)}-${number.toString(36)}`,
    isDecisionMaker: seniority.decides,
    workEmail: random.chance(0.7) ? `${mailbox}@${company.domain}` : null,
    personalEmails: random.chance(0.3) ? [`${mailbox}.${number}@mail.example`] : [],
  };
}
