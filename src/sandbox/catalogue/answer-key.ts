import { companyAt } from "./companies";
import { givenDomain, givenPage, givenProfile, type DataSource } from "./knowledge";
import { companyOf } from "./people";
import type { Returned } from "./returned";

/** What each data source has returned; one that is left out returned nothing. */
export type ReturnedBy = Readonly<Partial<Record<DataSource, Returned>>>;

/** The number of different companies and people in what was returned. */
export interface AnswerKey {
  /** Companies that were returned, and employers of returned people according to the same provider. */
  readonly companies: number;
  readonly people: number;
  /**
   * Those of `companies` that no provider returned: known only as the employer in a contact of Lusha, by Lusha's id or also by
   * domain.
   */
  readonly employersOnly: number;
}

/** An entity in the rows of one data source, with the names that it has there. */
interface Sighting {
  readonly names: readonly string[];
  readonly asEmployer: boolean;
}

/** The data sources whose people have a company with an id. Those of LinkUp have none; those of Surfe are inside the company. */
const EMPLOYERS: readonly DataSource[] = ["lusha", "lookalikes", "letrics"];

/** The kind of ids of each data source. Lusha has the same ids in both interfaces; Surfe and LinkUp have no company ids. */
const ID_SPACES: Readonly<Record<DataSource, string>> = {
  surfe: "surfe",
  lusha: "lusha",
  lookalikes: "lusha",
  linkup: "linkup",
  letrics: "letrics",
};

const DATA_SOURCES = Object.keys(ID_SPACES) as readonly DataSource[];

/**
 * The number of companies and people that must be known once everything that was returned has been read.
 *
 * Two rows are about one company if they share its domain, LinkedIn page or id at the same provider, directly or through other
 * rows; about one person if they share the profile or the id at the same provider. Equal names do not count. So a contact in
 * Lusha's recommendations, which has only an id, is a separate person. Its `companyId` connects it to the company with that
 * id, and through that company's `fqdn` to the companies of other providers.
 */
export function answerKey(returned: ReturnedBy): AnswerKey {
  const companies = new Map<number, Sighting[]>();
  const people = new Map<number, Sighting[]>();
  for (const source of DATA_SOURCES) {
    const given = returned[source] ?? { companies: [], people: [] };
    for (const company of given.companies) note(companies, company, companyNames(source, company), false);
    for (const person of given.people) {
      note(people, person, personNames(source, person), false);
      if (EMPLOYERS.includes(source)) {
        note(companies, companyOf(person), employerNames(source, companyOf(person)), source !== "letrics");
      }
    }
  }
  const companyGroups = [...companies.values()].flatMap(joined);
  return {
    companies: companyGroups.length,
    people: [...people.values()].flatMap(joined).length,
    employersOnly: companyGroups.filter((group) => group.every(({ asEmployer }) => asEmployer)).length,
  };
}

function note(sightings: Map<number, Sighting[]>, of: number, names: readonly string[], asEmployer: boolean): void {
  sightings.set(of, [...(sightings.get(of) ?? []), { names, asEmployer }]);
}

/**
 * The names that a company has at a data source. A domain, page or id belongs to one company only, so its value is not needed.
 */
function companyNames(source: DataSource, index: number): readonly string[] {
  const company = companyAt(index);
  return [
    ...(givenDomain(source, company) === null ? [] : ["domain"]),
    ...(givenPage(source, company) === null ? [] : ["page"]),
    ID_SPACES[source],
  ];
}

/** The names of the employer in a row of a person: an id, in two cases also the domain, in one the page. */
function employerNames(source: DataSource, company: number): readonly string[] {
  const names = companyNames(source, company);
  return source === "letrics"
    ? names
    : names.filter((name) => name !== "page" && (name !== "domain" || source !== "lusha"));
}

function personNames(source: DataSource, person: number): readonly string[] {
  return [...(givenProfile(source, person) === null ? [] : ["profile"]), ID_SPACES[source]];
}

/** The sightings in groups that share a name, directly or through others. */
function joined(sightings: readonly Sighting[]): readonly (readonly Sighting[])[] {
  let groups: readonly (readonly Sighting[])[] = [];
  for (const sighting of sightings) {
    const shares = (group: readonly Sighting[]): boolean =>
      group.some(({ names }) => names.some((name) => sighting.names.includes(name)));
    groups = [...groups.filter((group) => !shares(group)), [...groups.filter(shares).flat(), sighting]];
  }
  return groups;
}
