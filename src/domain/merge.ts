import { UNKNOWN_COMPANY, type Company } from "./company";
import { compareKeys, type EntityKey } from "./entity-key";
import { UNKNOWN_PERSON, type Person } from "./person";
import { PROVIDERS, type Provider } from "./provider";
import type { CompanyRecord, Kept, PersonRecord, RecordOf, Source } from "./record";

type FieldName = keyof typeof UNKNOWN_COMPANY | keyof typeof UNKNOWN_PERSON;

/** Whose word counts first where providers differ. Fields that are not listed follow the order of `PROVIDERS`. */
const PREFERENCE: Readonly<Partial<Record<FieldName, readonly Provider[]>>> = {};

type KeptRecord<Fields = unknown> = Kept<RecordOf<unknown, Fields>>;

/** Better first: the preferred provider, then the newer record, then a fixed order so that no tie depends on arrival. */
function compareFor(field: FieldName): (a: KeptRecord, b: KeptRecord) => number {
  const order = PREFERENCE[field] ?? PROVIDERS;
  return (a, b) =>
    order.indexOf(a.provider) - order.indexOf(b.provider) ||
    b.fetchedAt.getTime() - a.fetchedAt.getTime() ||
    (a.keys.join() < b.keys.join() ? -1 : 1);
}

function isSaid(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}

interface Merged<Fields> {
  readonly fields: Fields;
  readonly sources: readonly Source[];
}

/** Field by field the best record that has a value. The order of `records` does not matter. */
function mergeFields<Fields extends object>(unknown: Fields, records: readonly KeptRecord<Fields>[]): Merged<Fields> {
  const merged: Fields = { ...unknown };
  const supplied = new Map<KeptRecord<Fields>, string[]>(records.map((record) => [record, []]));
  const fill = <Name extends keyof Fields & FieldName>(name: Name): void => {
    const best = records.filter((record) => isSaid(record.fields[name])).sort(compareFor(name))[0];
    if (best === undefined) return;
    merged[name] = best.fields[name];
    supplied.get(best)?.push(name);
  };
  for (const name of Object.keys(unknown)) fill(name as keyof Fields & FieldName);
  const sources = [...supplied]
    .sort(([a], [b]) => compareFor("linkedinUrl")(a, b))
    .map(([record, fields]) => ({
      provider: record.provider,
      providerId: record.providerId,
      fetchedAt: record.fetchedAt,
      fields,
    }));
  return { fields: merged, sources };
}

/** The company that these records tell of; `key` is its surviving id. */
export function mergeCompany(key: EntityKey, records: readonly Kept<CompanyRecord>[]): Company {
  const { fields, sources } = mergeFields(UNKNOWN_COMPANY, records);
  return { kind: "Company", key, keys: keysOf(records), ...fields, sources };
}

/** The person that these records tell of. Their employer is the one named last, by the preferred provider. */
export function mergePerson(key: EntityKey, records: readonly Kept<PersonRecord>[]): Person {
  const { fields, sources } = mergeFields(UNKNOWN_PERSON, records);
  const employed = records.filter((record) => record.employer !== null).sort(compareFor("jobTitle"))[0];
  return { kind: "Person", key, keys: keysOf(records), employer: employed?.employer ?? null, ...fields, sources };
}

function keysOf(records: readonly KeptRecord[]): readonly EntityKey[] {
  return [...new Set(records.flatMap(({ keys }) => keys))].sort(compareKeys);
}
