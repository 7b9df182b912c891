import type { Calendar } from "./calendar";

/** The companies that were fetched: by whom, when, and at what cost. */
export class Ledger {
  /** Scope → company → the day on which it was seen. It is not offered on a later day, so there is only one. */
  private readonly seenOn = new Map<string, Map<number, number>>();
  /** Month → key and company as one text. */
  private readonly chargedIn = new Map<string, Set<string>>();
  private readonly rows: number[] = [];

  constructor(private readonly calendar: Calendar) {}

  /**
   * Adds a company. @param scope - The users who share what was seen; @param apiKey - the key that pays, once in a calendar
   * month.
   */
  record(scope: string, apiKey: string, companies: readonly number[]): void {
    const seen = valueOf(this.seenOn, scope, () => new Map<number, number>());
    const charged = valueOf(this.chargedIn, this.calendar.month(), () => new Set<string>());
    const day = this.calendar.day();
    for (const company of companies) {
      seen.set(company, day);
      charged.add(JSON.stringify([apiKey, company]));
      this.rows.push(company);
    }
  }

  /** The companies that the scope saw before today. */
  seenBefore(scope: string): ReadonlySet<number> {
    const today = this.calendar.day();
    const seen = [...(this.seenOn.get(scope) ?? [])];
    return new Set(seen.filter(([, day]) => day < today).map(([company]) => company));
  }

  /** The companies that the scope has seen, in the order of the first time. */
  seen(scope: string): readonly number[] {
    return [...(this.seenOn.get(scope)?.keys() ?? [])];
  }

  /** Number of unique companies that were charged in this calendar month, of all keys together. */
  charged(): number {
    return this.chargedIn.get(this.calendar.month())?.size ?? 0;
  }

  /** All rows that were returned, with repetitions. */
  fetched(): readonly number[] {
    return [...this.rows];
  }
}

function valueOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
