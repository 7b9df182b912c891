import type { Calendar } from "./calendar";

/** What was fetched: by whom it was seen and when, and what it costs. */
export class Ledger {
  /** Scope, company, the day it was seen on: one day only, for it is not offered on a later one. */
  private readonly seenOn = new Map<string, Map<number, number>>();
  /** Month, then key and company as one text. */
  private readonly chargedIn = new Map<string, Set<string>>();
  private readonly rows: number[] = [];

  constructor(private readonly calendar: Calendar) {}

  /** @param scope - Those who see it together; @param apiKey - who pays for it, once a calendar month. */
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

  /** Companies the scope saw on a day before today. */
  seenBefore(scope: string): ReadonlySet<number> {
    const today = this.calendar.day();
    const seen = [...(this.seenOn.get(scope) ?? [])];
    return new Set(seen.filter(([, day]) => day < today).map(([company]) => company));
  }

  /** Companies the scope ever saw, in the order it first did. */
  seen(scope: string): readonly number[] {
    return [...(this.seenOn.get(scope)?.keys() ?? [])];
  }

  /** Unique companies to be paid for this calendar month, those of all keys added up. */
  charged(): number {
    return this.chargedIn.get(this.calendar.month())?.size ?? 0;
  }

  /** Every row that came back, repeats included. */
  fetched(): readonly number[] {
    return [...this.rows];
  }
}

function valueOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
