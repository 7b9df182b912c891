import type { CompanyFields } from "./company";
import type { PersonFields } from "./person";
import { byProvider, PROVIDERS, type Provider } from "./provider";

/** The fields of a record; for a person also `company`, which refers to another entity. */
export type CompanyField = keyof CompanyFields;
export type PersonField = keyof PersonFields | "company";

/**
 * The rank of one provider's values, field by field. The value with the smallest rank is shown; equal ranks follow the order of
 * `PROVIDERS`. `null`: the provider never gives the field.
 */
export interface FieldRanks {
  readonly company: Readonly<Record<CompanyField, number | null>>;
  /** `company` is the person's employer. */
  readonly person: Readonly<Record<PersonField, number | null>>;
}

/** For each field, all providers in order of preference; those that never give the field come last. */
export interface Preference {
  readonly company: Readonly<Record<CompanyField, readonly Provider[]>>;
  readonly person: Readonly<Record<PersonField, readonly Provider[]>>;
}

/** Turns the ranks of each provider into the order of providers for each field. */
export function preferenceOf(ranks: Readonly<Record<Provider, FieldRanks>>): Preference {
  return {
    company: ordersOf(byProvider((provider) => ranks[provider].company)),
    person: ordersOf(byProvider((provider) => ranks[provider].person)),
  };
}

function ordersOf<Field extends string>(
  ranks: Readonly<Record<Provider, Readonly<Record<Field, number | null>>>>,
): Readonly<Record<Field, readonly Provider[]>> {
  const fields = new Set(PROVIDERS.flatMap((provider) => Object.keys(ranks[provider]) as Field[]));
  const orders: Partial<Record<Field, readonly Provider[]>> = {};
  for (const field of fields) {
    const rankOf = (provider: Provider): number => ranks[provider][field] ?? Number.MAX_VALUE;
    orders[field] = PROVIDERS.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
  return orders as Readonly<Record<Field, readonly Provider[]>>;
}
