import type { CompanyFields } from "./company";
import type { EntityKey } from "./entity-key";
import type { PersonFields } from "./person";
import type { Provider } from "./provider";

/** The common part of company and person records. */
export interface RecordOf<Kind, Fields> {
  readonly kind: Kind;
  readonly provider: Provider;
  /** The provider's own identifier, where it has one. */
  readonly providerId: string | null;
  /** All keys of the entity that the provider gave; never empty. */
  readonly keys: readonly EntityKey[];
  readonly fields: Fields;
}

/** A company as one provider gives it, mapped to the graph's fields. */
export type CompanyRecord = RecordOf<"Company", CompanyFields>;

/** A person as one provider gives them. `employer` is a key of the company that the provider says they work at. */
export interface PersonRecord extends RecordOf<"Person", PersonFields> {
  readonly employer: EntityKey | null;
}

export type ProviderRecord = CompanyRecord | PersonRecord;

/** A record with the time at which it was fetched. */
export type Stored<R> = R & { readonly fetchedAt: Date };

/** Whether a field has a value: `null`, `undefined` and empty lists are none. */
export function hasValue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}
