import type { CompanyFields } from "./company";
import type { EntityKey } from "./entity-key";
import type { PersonFields } from "./person";
import type { Provider } from "./provider";

/** What every record has, whatever it tells of. */
export interface RecordOf<Kind, Fields> {
  readonly kind: Kind;
  readonly provider: Provider;
  /** The provider's own identifier, where it has one. */
  readonly providerId: string | null;
  /** Every name by which the provider told the entity; never empty. */
  readonly keys: readonly EntityKey[];
  readonly fields: Fields;
}

/** One provider's word on a company, mapped to the graph's fields. */
export type CompanyRecord = RecordOf<"Company", CompanyFields>;

/** One provider's word on a person. `employer` is a key of the company they were told to work at. */
export interface PersonRecord extends RecordOf<"Person", PersonFields> {
  readonly employer: EntityKey | null;
}

export type ProviderRecord = CompanyRecord | PersonRecord;

/** A record as it was kept. */
export type Kept<R> = R & { readonly fetchedAt: Date };

/** Whether a value says something: `null` and empty lists do not. */
export function isSaid(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}
