import { companyAt } from "./companies";
import { domainTold, pageTold, profileTold, type Teller } from "./knowledge";
import { companyOf } from "./people";
import type { Returned } from "./returned";

/** What each teller gave; one left out gave nothing. */
export type ReturnedBy = Readonly<Partial<Record<Teller, Returned>>>;

/** How many different ones there are to be known of. */
export interface AnswerKey {
  /** Companies given, and companies that a person given works at by what the same provider says of them. */
  readonly companies: number;
  readonly people: number;
  /**
   * Those of `companies` that no provider gave: known as the employer in a Lusha contact alone, and by Lusha's id unless
   * its company is named by a domain.
   */
  readonly employersOnly: number;
}

/** One teller's word for an entity, by the names it used. */
interface Sighting {
  readonly names: readonly string[];
  readonly asEmployer: boolean;
}

/** Whose people come with the company they work at, and are tied to it by an id or more. LinkUp's do not; Surfe's are inside it. */
const EMPLOYERS: readonly Teller[] = ["lusha", "lookalikes", "letrics"];

/** Lusha has one set of ids for both of its interfaces; Surfe and LinkUp have none that names a company. */
const ID_SPACES: Readonly<Record<Teller, string>> = {
  surfe: "surfe",
  lusha: "lusha",
  lookalikes: "lusha",
  linkup: "linkup",
  letrics: "letrics",
};

/**
 * How many companies and people must be known once everything these providers gave has been read.
 *
 * Two rows are of one company where they share its domain, its LinkedIn page or the same provider's id, directly or
 * through other rows; of one person where they share the profile or the same provider's id. A name joins nothing. So a
 * contact of Lusha's recommendations, which has an id only, is a person of its own; its `companyId` ties it to the company
 * that Lusha gave under that id, and by that one's `fqdn` to everyone else's.
 */
export function answerKey(returned: ReturnedBy): AnswerKey {
  const companies = new Map<number, Sighting[]>();
  const people = new Map<number, Sighting[]>();
  for (const teller of TELLERS) {
    const given = returned[teller] ?? { companies: [], people: [] };
    for (const company of given.companies) note(companies, company, companyNames(teller, company), false);
    for (const person of given.people) {
      note(people, person, personNames(teller, person), false);
      if (EMPLOYERS.includes(teller)) {
        note(companies, companyOf(person), employerNames(teller, companyOf(person)), teller !== "letrics");
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

const TELLERS: readonly Teller[] = ["surfe", "lusha", "lookalikes", "linkup", "letrics"];

function note(sightings: Map<number, Sighting[]>, of: number, names: readonly string[], asEmployer: boolean): void {
  sightings.set(of, [...(sightings.get(of) ?? []), { names, asEmployer }]);
}

/** Every domain, page and id is one company's alone, so its index need not be part of a name. */
function companyNames(teller: Teller, index: number): readonly string[] {
  const company = companyAt(index);
  return [
    ...(domainTold(teller, company) === null ? [] : ["domain"]),
    ...(pageTold(teller, company) === null ? [] : ["page"]),
    ID_SPACES[teller],
  ];
}

/** What a row says of the company a person works at: an id, and in two cases the domain, in one the page. */
function employerNames(teller: Teller, company: number): readonly string[] {
  const names = companyNames(teller, company);
  return teller === "letrics"
    ? names
    : names.filter((name) => name !== "page" && (name !== "domain" || teller !== "lusha"));
}

function personNames(teller: Teller, person: number): readonly string[] {
  return [...(profileTold(teller, person) === null ? [] : ["profile"]), ID_SPACES[teller]];
}

/** Sightings in groups that share a name, directly or through others. */
function joined(sightings: readonly Sighting[]): readonly (readonly Sighting[])[] {
  let groups: readonly (readonly Sighting[])[] = [];
  for (const sighting of sightings) {
    const shares = (group: readonly Sighting[]): boolean =>
      group.some(({ names }) => names.some((name) => sighting.names.includes(name)));
    groups = [...groups.filter((group) => !shares(group)), [...groups.filter(shares).flat(), sighting]];
  }
  return groups;
}
