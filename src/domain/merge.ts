import { UNKNOWN_COMPANY, type Company, type CompanyFields, type Location } from "./company";
import { compareKeys, type EntityKey } from "./entity-key";
import { UNKNOWN_PERSON, type Person } from "./person";
import type { Preference } from "./preference";
import { PROVIDERS, type Provider } from "./provider";
import { hasValue, type CompanyRecord, type Stored, type PersonRecord } from "./record";
import type { Source } from "./source";

type StoredRecord = Stored<CompanyRecord> | Stored<PersonRecord>;
type Order = readonly Provider[];

/** One entity to merge: its id, all its keys and all its records, both in any order. */
export interface MergeInput<R extends StoredRecord> {
  readonly key: EntityKey;
  readonly keys: readonly EntityKey[];
  readonly records: readonly R[];
}

/**
 * Merges the records of one company: each field has the value of the preferred provider that has one.
 *
 * @example
 *   const key = entityKey("Company", "domain", "acme.com");
 *   const company = mergeCompany({ key, keys: [key], records: [ofSurfe, ofLusha] }, PREFERENCE);
 *   company.sources; // which record supplied which fields
 */
export function mergeCompany(
  { key, keys, records }: MergeInput<Stored<CompanyRecord>>,
  { company }: Preference,
): Company {
  const choice = new Choice(records);
  const fields = choice.fields(UNKNOWN_COMPANY, company);
  const merged = { ...fields, headquarters: fields.headquarters ?? primaryLocation(choice, company.headquarters) };
  return { kind: "Company", key, keys: [...keys].sort(compareKeys), ...merged, sources: choice.sources() };
}

/** Merges the records of one person. The employer is the one that the preferred provider gave last. */
export function mergePerson({ key, keys, records }: MergeInput<Stored<PersonRecord>>, { person }: Preference): Person {
  const choice = new Choice(records);
  const fields = choice.fields(UNKNOWN_PERSON, person);
  const employer = choice.best("company", person.company, (record) => record.employer);
  return { kind: "Person", key, keys: [...keys].sort(compareKeys), employer, ...fields, sources: choice.sources() };
}

/** The primary location of the preferred provider that has one: used where no provider gives headquarters. */
function primaryLocation(choice: Choice<Stored<CompanyRecord>>, order: Order): Location | null {
  const primary = ({ locations }: CompanyFields): Location | null => locations.find((one) => one.primary) ?? null;
  return choice.best("headquarters", order, ({ fields }) => primary(fields));
}

/** A record, and the names of the fields whose values are taken from it. */
interface Candidate<R> {
  readonly record: R;
  readonly supplied: string[];
}

/** Chooses values among records, and notes which record supplied which field. */
class Choice<R extends StoredRecord> {
  readonly #candidates: readonly Candidate<R>[];

  constructor(records: readonly R[]) {
    this.#candidates = records.map((record) => ({ record, supplied: [] }));
  }

  /** For each field the value of the best record that has one. */
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
    let best: Candidate<R> | null = null;
    for (const candidate of this.#candidates) {
      if (!hasValue(valueOf(candidate.record))) continue;
      if (best === null || compare(candidate.record, best.record, order) < 0) best = candidate;
    }
    if (best === null) return null;
    best.supplied.push(field);
    return valueOf(best.record);
  }

  /** Records that supplied a field; of a provider that supplied none, the newest record. By provider, newest first. */
  sources(): readonly Source[] {
    const listed = new Set<Provider>();
    for (const { record, supplied } of this.#candidates) if (supplied.length > 0) listed.add(record.provider);
    const sources: Source[] = [];
    for (const { record, supplied: fields } of [...this.#candidates].sort((a, b) =>
      compare(a.record, b.record, PROVIDERS),
    )) {
      const { provider, providerId, fetchedAt } = record;
      if (fields.length === 0 && listed.has(provider)) continue;
      listed.add(provider);
      sources.push({ provider, providerId, fetchedAt, fields });
    }
    return sources;
  }
}

/** Orders records: preferred provider, newer record, then the JSON text, so that the order of arrival never decides. */
function compare(a: StoredRecord, b: StoredRecord, order: Order): number {
  return (
    order.indexOf(a.provider) - order.indexOf(b.provider) ||
    b.fetchedAt.getTime() - a.fetchedAt.getTime() ||
    compareTexts(jsonOf(a), jsonOf(b))
  );
}

function jsonOf(record: StoredRecord): string {
  const employer = record.kind === "Person" ? record.employer : null;
  return JSON.stringify([[...record.keys].sort(compareKeys), employer, record.providerId, record.fields]);
}

function compareTexts(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
