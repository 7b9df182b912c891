import type { EntityKey } from "../../domain/entity-key";
import { PROVIDERS, type Provider } from "../../domain/provider";

/** A row that was served: who gave it, and its subject. */
export interface ServedRow {
  readonly provider: Provider;
  readonly subject: EntityKey;
}

/** What one operation used of a provider. */
export interface ProviderUse {
  readonly provider: Provider;
  /** Calls that the operation began. */
  readonly calls: number;
  /** Credits that those calls were charged. */
  readonly spent: number;
  /** Rows that were served and that no call of the operation had fetched. */
  readonly recorded: number;
}

/** Counts the provider calls of one operation, their credits, and the recorded rows that it was served. */
export class OperationSpending {
  readonly #calls = new Map<Provider, { calls: number; spent: number }>();
  /** Rows that calls of the operation fetched. */
  readonly #fetched = new Set<string>();
  /** Read only when they are counted: most operations are not asked for this. */
  readonly #pages: (() => readonly ServedRow[])[] = [];

  /** Whether a provider call was made. */
  get hasCalled(): boolean {
    return this.#calls.size > 0;
  }

  /** Counts a call that was sent or tried. @param credits what it was charged, as far as that is known. */
  called(provider: Provider, credits: number, fetched: readonly EntityKey[]): void {
    const { calls, spent } = this.#calls.get(provider) ?? { calls: 0, spent: 0 };
    this.#calls.set(provider, { calls: calls + 1, spent: spent + credits });
    for (const subject of fetched) this.#fetched.add(rowKey({ provider, subject }));
  }

  /** Counts a page that was served. */
  served(rows: () => readonly ServedRow[]): void {
    this.#pages.push(rows);
  }

  /** By provider; only those that the operation used. */
  uses(): readonly ProviderUse[] {
    const rows = this.#pages.flatMap((page) => page());
    return PROVIDERS.flatMap((provider): ProviderUse | [] => {
      const called = this.#calls.get(provider);
      const served = rows.filter((row) => row.provider === provider);
      if (!called && served.length === 0) return [];
      const recorded = served.filter((row) => !this.#fetched.has(rowKey(row))).length;
      return { provider, calls: called?.calls ?? 0, spent: called?.spent ?? 0, recorded };
    });
  }
}

function rowKey({ provider, subject }: ServedRow): string {
  return `${provider} ${subject}`;
}
