import { UNKNOWN_COMPANY, type Company, type CompanyFields, type Location } from "./company";
import { compareKeys, type EntityKey } from "./entity-key";
import { UNKNOWN_PERSON, type Person } from "./person";
import type { Preference } from "./preference";
import { PROVIDERS, type Provider } from "./provider";
import { isSaid, type CompanyRecord, type Kept, type PersonRecord } from "./record";
import type { Source } from "./source";

type KeptRecord = Kept<CompanyRecord> | Kept<PersonRecord>;
type Order = readonly Provider[];

/** What is known of one entity: its surviving id, every name it goes by, and its records, the two in any order. */
export interface Known<R extends KeptRecord> {
  readonly key: EntityKey;
  readonly keys: readonly EntityKey[];
  readonly records: readonly R[];
}

/** The company that these records tell of. */
export function mergeCompany({ key, keys, records }: Known<Kept<CompanyRecord>>, { company }: Preference): Company {
  const choice = new Choice(records);
  const fields = choice.fields(UNKNOWN_COMPANY, company);
  const merged = { ...fields, headquarters: fields.headquarters ?? primaryLocation(choice, company.headquarters) };
  return { kind: "Company", key, keys: [...keys].sort(compareKeys), ...merged, sources: choice.sources() };
}

/** The person that these records tell of. Their employer is the one that the preferred provider named last. */
export function mergePerson({ key, keys, records }: Known<Kept<PersonRecord>>, { person }: Preference): Person {
  const choice = new Choice(records);
  const fields = choice.fields(UNKNOWN_PERSON, person);
  const employer = choice.best("company", person.company, (record) => record.employer);
  return { kind: "Person", key, keys: [...keys].sort(compareKeys), employer, ...fields, sources: choice.sources() };
}

/** Where no provider calls an address the headquarters, it is what the best of them calls the primary location. */
function primaryLocation(choice: Choice<Kept<CompanyRecord>>, order: Order): Location | null {
  const primary = ({ locations }: CompanyFields): Location | null => locations.find((one) => one.primary) ?? null;
  return choice.best("headquarters", order, ({ fields }) => primary(fields));
}

/** A record, and the fields that it turned out to supply. */
interface Candidate<R> {
  readonly record: R;
  readonly supplied: string[];
}

/** Chooses among records, and remembers which of them supplied what. */
class Choice<R extends KeptRecord> {
  readonly #candidates: readonly Candidate<R>[];

  constructor(records: readonly R[]) {
    this.#candidates = records.map((record) => ({ record, supplied: [] }));
  }

  /** Field by field the best record that says it. */
  fields<Fields extends R["fields"]>(unknown: Fields, preference: Readonly<Record<keyof Fields, Order>>): Fields {
    const merged: Fields = { ...unknown };
    const fill = <Name extends keyof Fields & string>(name: Name): void => {
      const value = this.best(name, preference[name], ({ fields }) => (fields as Fields)[name]);
      if (value !== null) merged[name] = value;
    };
    for (const name of Object.keys(unknown)) fill(name as keyof Fields & string);
    return merged;
  }

  /** The value of the best record that has one; `null` where none has. */
  best<Value>(field: string, order: Order, valueOf: (record: R) => Value): Value | null {
    const said = this.#candidates.filter(({ record }) => isSaid(valueOf(record)));
    const [best] = said.length > 1 ? said.sort(better(order)) : said;
    if (best === undefined) return null;
    best.supplied.push(field);
    return valueOf(best.record);
  }

  /** Every record that supplied something, and of each provider that supplied nothing its newest; by provider, newest first. */
  sources(): readonly Source[] {
    const told = new Set<Provider>();
    for (const { record, supplied } of this.#candidates) if (supplied.length > 0) told.add(record.provider);
    const sources: Source[] = [];
    for (const { record, supplied: fields } of [...this.#candidates].sort(better(PROVIDERS))) {
      const { provider, providerId, fetchedAt } = record;
      if (fields.length === 0 && told.has(provider)) continue;
      told.add(provider);
      sources.push({ provider, providerId, fetchedAt, fields });
    }
    return sources;
  }
}

/** The preferred provider first, then the newer record, then a fixed order, so that no tie depends on arrival. */
function better(order: Order): (a: Candidate<KeptRecord>, b: Candidate<KeptRecord>) => number {
  return ({ record: a }, { record: b }) =>
    order.indexOf(a.provider) - order.indexOf(b.provider) ||
    b.fetchedAt.getTime() - a.fetchedAt.getTime() ||
    compareTexts(wordsOf(a), wordsOf(b));
}

function wordsOf(record: KeptRecord): string {
  const employer = record.kind === "Person" ? record.employer : null;
  return JSON.stringify([[...record.keys].sort(compareKeys), employer, record.providerId, record.fields]);
}

function compareTexts(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
