/** Catalogue indexes of companies and numbers of people, without duplicates, in the order of their first return. */
export interface Returned {
  /** Companies in rows of their own or complete inside another row; not those that a row only names. */
  readonly companies: readonly number[];
  readonly people: readonly number[];
}

/** Notes what a simulator has returned. */
export class ReturnedLog {
  private readonly companies = new Set<number>();
  private readonly people = new Set<number>();

  add({ companies = [], people = [] }: Partial<Returned>): void {
    for (const company of companies) this.companies.add(company);
    for (const person of people) this.people.add(person);
  }

  returned(): Returned {
    return { companies: [...this.companies], people: [...this.people] };
  }
}
