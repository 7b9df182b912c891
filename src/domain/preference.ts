import type { CompanyFields } from "./company";
import type { PersonFields } from "./person";
import { byProvider, PROVIDERS, type Provider } from "./provider";

/** A record's fields, and the one that is not a value of its own but leads to another entity. */
export type CompanyField = keyof CompanyFields;
export type PersonField = keyof PersonFields | "company";

/**
 * How much the word of one provider counts, field by field. The smallest rank counts first; equal ranks count in the order
 * of `PROVIDERS`. `null`: the provider never says anything of the field.
 */
export interface FieldRanks {
  readonly company: Readonly<Record<CompanyField, number | null>>;
  /** `company` is the person's employer. */
  readonly person: Readonly<Record<PersonField, number | null>>;
}

/** Whose word counts first on each field. Every provider is in each order; those that never say the field come last. */
export interface Preference {
  readonly company: Readonly<Record<CompanyField, readonly Provider[]>>;
  readonly person: Readonly<Record<PersonField, readonly Provider[]>>;
}

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
