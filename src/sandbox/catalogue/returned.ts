/** Catalogue indexes of companies and numbers of people, each once, in the order they first came. */
export interface Returned {
  /** Those given as companies, in rows of their own or whole inside another's: not those a row only names. */
  readonly companies: readonly number[];
  readonly people: readonly number[];
}

/** What one simulator gave so far. */
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
