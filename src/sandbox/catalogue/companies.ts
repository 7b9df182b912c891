import type { Company, CompanyFacts, CompanyLocation } from "./catalogue-model";
import { type Country, WEIGHTED_COUNTRIES } from "./countries";
import { FIRST_COMPANY } from "./first-company";
import { INDUSTRIES, type Industry } from "./industries";
import { DEPARTMENTS } from "./jobs";
import { STEMS, TECHNOLOGIES } from "./names";
import { Random } from "./random";
import { memoized } from "./memoized";

const NAMES = INDUSTRIES.flatMap((industry) =>
  industry.endings.flatMap((ending) => STEMS.map((stem) => ({ stem, ending, industry }))),
);

/** Coprime to the number of names, so that steps of this size use each name once, and neighbours differ. */
const STRIDE = 2657;

/** Number of companies in the catalogue; indexes begin at 0. */
export const COMPANY_COUNT = NAMES.length;

const FUNCTIONS = DEPARTMENTS.map(({ name }) => name);

const SIZES = [
  { most: 1, size: "1" },
  { most: 10, size: "2-10" },
  { most: 50, size: "11-50" },
  { most: 200, size: "51-200" },
  { most: 500, size: "201-500" },
  { most: 1000, size: "501-1000" },
  { most: 5000, size: "1001-5000" },
  { most: 10000, size: "5001-10000" },
  { most: Infinity, size: "10001+" },
];

/**
 * The company at an index of the catalogue: the same in every process.
 *
 * @throws {RangeError} `index` is not a whole number from 0 below {@link COMPANY_COUNT}.
 */
export const companyAt: (index: number) => Company = memoized(makeCompany, COMPANY_COUNT);

/**
 * Only the values by which a company is found. They are made without the rest, so that the first walk through the whole
 * catalogue is fast.
 *
 * @throws {RangeError} as {@link companyAt}.
 */
export const companyFactsAt: (index: number) => CompanyFacts = memoized(
  (index) => (index === 0 ? FIRST_COMPANY : makeFacts(nameAt(index).industry, new Random(index))),
  COMPANY_COUNT,
);

function nameAt(index: number): (typeof NAMES)[number] {
  const name = NAMES[(index * STRIDE) % COMPANY_COUNT];
  if (name === undefined || index >= COMPANY_COUNT) throw new RangeError(`no company ${index} in the catalogue`);
  return name;
}

/** The values that are drawn first for a company. */
function makeFacts({ name }: Industry, random: Random): CompanyFacts {
  const employeeCount = Math.round(Math.exp(random.next() * Math.log(20_000)));
  const second = random.pick([name, name, "Software", "SaaS", random.pick(INDUSTRIES).name]);
  return {
    employeeCount,
    revenueUsd: employeeCount * random.between(60, 240) * 1000,
    industries: second === name ? [name] : [name, second],
    country: random.pick(WEIGHTED_COUNTRIES),
  };
}

function makeCompany(index: number): Company {
  if (index === 0) return FIRST_COMPANY;
  const { stem, ending, industry } = nameAt(index);
  const random = new Random(index);
  const { employeeCount, revenueUsd, industries, country } = makeFacts(industry, random);
  const hq = makeLocation(random, country, true);
  const abroad = random.chance(0.25) ? random.pickSome(WEIGHTED_COUNTRIES, 2) : [];
  const domain = `${(stem + ending).toLowerCase()}.${random.pick([country.suffix, "com", "io", "ai", "co"])}`;
  return {
    index,
    name: `${stem} ${ending}`,
    domain,
    linkedInSlug: random.chance(0.04) ? null : `${stem}-${ending}`.toLowerCase(),
    logoUrl: `https://cdn.${domain}/logo.png`,
    description: `${industry.offer} from ${hq.city.locality}`,
    industries,
    keywords: random.pickSome(industry.keywords, 3),
    technologies: random.pickSome(TECHNOLOGIES, random.between(1, 6)),
    functions: random.pickSome(FUNCTIONS, random.between(1, 4)),
    employeeCount,
    size: sizeOf(random.chance(0.08) ? employeeCount * 3 + 1 : employeeCount),
    revenueUsd,
    yearFounded: random.between(1950, 2024),
    hqAddress: `${hq.city.locality}, ${country.name}`,
    country,
    locations: [hq, ...abroad.map((at) => makeLocation(random, at, false))],
    createdAt: isoSeconds(Date.UTC(2020, 0, 1) + random.between(0, 2370 * 86_400) * 1000),
  };
}

function makeLocation(random: Random, country: Country, primary: boolean): CompanyLocation {
  const streetAddress = `${random.between(1, 240)} ${random.pick(country.streets)}`;
  return { streetAddress, city: random.pick(country.cities), country, primary };
}

function sizeOf(employees: number): string {
  return SIZES.find(({ most }) => employees <= most)?.size ?? "";
}

function isoSeconds(atMs: number): string {
  return new Date(atMs).toISOString().replace(".000Z", "Z");
}
