import type { EntityKey } from "../../domain/entity-key";
import { PROVIDERS, type Provider } from "../../domain/provider";

/** A row that was served: who gave it, and its subject. */
export interface ServedRow {
  readonly provider: Provider;
  readonly subject: EntityKey;
}

/** Where served rows come from; pages are of its own kind. */
export interface ServedPages<Page> {
  /** Who gave each row of a page, and its subject. */
  rowsOf(page: Page): readonly ServedRow[];
  /** Calls `count` with the provider of each row of a page. */
  eachProvider(page: Page, count: (provider: Provider) => void): void;
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
  readonly #pages: { readonly source: ServedPages<object>; readonly page: object }[] = [];

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

  /** Calls and credits of all providers. */
  get totals(): { readonly calls: number; readonly credits: number } {
    let [calls, credits] = [0, 0];
    for (const use of this.#calls.values()) {
      calls += use.calls;
      credits += use.spent;
    }
    return { calls, credits };
  }

  /** Counts a page that was served. */
  served<Page extends object>(source: ServedPages<Page>, page: Page): void {
    this.#pages.push({ source, page });
  }

  /** Calls `count` for each served row. @param count `isFetched`: whether a call of the operation had fetched the row. */
  eachRow(count: (provider: Provider, isFetched: boolean) => void): void {
    if (this.hasCalled) for (const row of this.#rows()) count(row.provider, this.#fetched.has(rowKey(row)));
    else for (const { source, page } of this.#pages) source.eachProvider(page, (provider) => count(provider, false));
  }

  /** By provider; only those that the operation used. */
  uses(): readonly ProviderUse[] {
    const rows = this.#rows();
    return PROVIDERS.flatMap((provider): ProviderUse | [] => {
      const called = this.#calls.get(provider);
      const served = rows.filter((row) => row.provider === provider);
      if (!called && served.length === 0) return [];
      const recorded = served.filter((row) => !this.#fetched.has(rowKey(row))).length;
      return { provider, calls: called?.calls ?? 0, spent: called?.spent ?? 0, recorded };
    });
  }

  #rows(): readonly ServedRow[] {
    return this.#pages.flatMap(({ source, page }) => source.rowsOf(page));
  }
}

function rowKey({ provider, subject }: ServedRow): string {
  return `${provider} ${subject}`;
}
