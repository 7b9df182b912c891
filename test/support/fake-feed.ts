import { entityKey } from "../../src/domain/entity-key";
import { UNKNOWN_COMPANY } from "../../src/domain/company";
import type { ProviderError } from "../../src/domain/errors";
import type { Provider } from "../../src/domain/provider";
import { OperationCalls, type Caller } from "../../src/feeds/feed/caller";
import { Extender, type ExtenderDependencies, type GrowingFeed } from "../../src/feeds/feed/extender";
import { Feed } from "../../src/feeds/feed/feed";
import type { ExpectedGrowth, FeedSource } from "../../src/feeds/feed/feed-source.port";
import type { Extension, FeedHead, Growth, NewItem } from "../../src/feeds/feed/feed-model";
import type { Appended, PaidCall } from "../../src/feeds/feed/feed-store.port";
import type { CallLedger, NewCall, SpentPeriod } from "../../src/feeds/feed/call-ledger.port";
import { ACME_TENANT } from "./tenants";

export const NOW = new Date("2026-11-20T10:00:00Z");

export const HEAD: FeedHead = {
  tenant: ACME_TENANT,
  id: "01234567-89ab-4cde-8f01-23456789abcd",
  connection: "icp:1",
  provider: "SURFE",
  query: "{}",
  createdAt: NOW,
  length: 0,
  total: null,
  state: null,
  endedAt: null,
  closed: false,
  folded: [],
  forgotten: [],
};

/** A row about the company of that number. */
export function rowOf(number: number): NewItem {
  const key = entityKey("Company", "domain", `c${String(number)}.com`);
  return {
    subject: key,
    content: { provider: "SURFE", generatedAt: null, reasons: [], people: [] },
    records: [{ kind: "Company", provider: "SURFE", providerId: null, keys: [key], fields: UNKNOWN_COMPANY }],
  };
}

export function rows(from: number, to: number): readonly NewItem[] {
  return Array.from({ length: to - from }, (_, i) => rowOf(from + i));
}

export function extension(items: readonly NewItem[], ended = false): Extension {
  return { items, state: null, ended, total: null, charge: { kind: "units", units: [] } };
}

/** What a call brought, as a store takes it. */
export function paidBy(id: string, { charge, ...growth }: Extension, provider: Provider = "SURFE"): [Growth, PaidCall] {
  return [growth, { id, provider, charge }];
}

/** A feed of which so many rows are missing, whatever comes. */
export class ShortFeed implements GrowingFeed {
  head: FeedHead;
  canGrow = true;

  constructor(
    public missing: number,
    head: Partial<FeedHead> = {},
  ) {
    this.head = { ...HEAD, ...head };
  }

  mayGrow(): boolean {
    return this.canGrow;
  }

  moveTo(head: FeedHead): void {
    this.head = head;
  }
}

/** Somebody who stays, unless `signal` says otherwise, and may make so many calls. */
export function callerWith(calls = 1_000, signal = new AbortController().signal): Caller {
  return { signal, calls: new OperationCalls({ calls }) };
}

/** A promise, and what settles it. */
export function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

interface Fetch {
  readonly want: number;
  readonly signal: AbortSignal;
  readonly sent: () => void;
  readonly give: (extension: Extension) => void;
  readonly fail: (error: unknown) => void;
}

/** A provider whose every fetch waits until the test says what comes of it. */
export class FakeSource implements FeedSource {
  readonly provider = "SURFE";
  readonly unavailable: ProviderError | null = null;
  readonly maxAgeMs = 60_000;
  readonly fetches: Fetch[] = [];
  #arrived = deferred<Fetch>();

  constructor(readonly recheckAfterMs: number | null = 3_600_000) {}

  callsFor(): number {
    return 1;
  }

  creditsFor(want: number): number {
    return want;
  }

  grown(want: number): ExpectedGrowth {
    return { rows: want, state: null, ended: false };
  }

  extend(_: FeedHead, want: number, signal: AbortSignal, onSent = (): void => undefined): Promise<Extension> {
    const { promise, resolve, reject } = deferred<Extension>();
    const fetch: Fetch = { want, signal, sent: onSent, give: resolve, fail: reject };
    this.fetches.push(fetch);
    this.#arrived.resolve(fetch);
    this.#arrived = deferred();
    return promise;
  }

  /** Resolves with the fetch of that number, from 0, once it has come. */
  async fetch(number: number): Promise<Fetch> {
    for (;;) {
      const fetch = this.fetches[number];
      if (fetch) return fetch;
      await this.#arrived.promise;
    }
  }
}

/** What was written down of calls, in words. */
export class FakeLedger implements CallLedger {
  readonly log: string[] = [];
  /** What the budget has left for calls that it does not let through; `null`: it lets all through. */
  left: number | null = null;

  begin({ operation, reservedCredits }: NewCall, budget: number | null): Promise<number | null> {
    this.log.push(`begin ${operation} ${String(reservedCredits)} of ${String(budget)}`);
    return Promise.resolve(this.left);
  }

  fail(_: NewCall, outcome: string, credits: number): Promise<void> {
    this.log.push(`fail ${outcome} ${String(credits)}`);
    return Promise.resolve();
  }

  succeed(): Promise<void> {
    this.log.push("succeed");
    return Promise.resolve();
  }

  forget(): Promise<void> {
    this.log.push("forget");
    return Promise.resolve();
  }

  committed(): Promise<number> {
    return Promise.resolve(0);
  }

  spent(_: string, periods: readonly SpentPeriod[]): Promise<readonly number[]> {
    return Promise.resolve(periods.map(() => 0));
  }
}

/** Records lengths only, and that in memory. */
export function fakeStore(): ExtenderDependencies["store"] {
  return {
    append: (head, { items, ended, state }, _, at): Promise<Appended> =>
      Promise.resolve({
        head: { ...head, length: head.length + items.length, state, endedAt: ended ? at : null },
        items: [],
        changes: { entities: [], stale: [], people: new Map(), recommendations: [] },
        folded: [],
        credits: 0,
        hasErased: false,
      }),
  };
}

export function extenderOver(ledger: CallLedger, changes: Partial<ExtenderDependencies> = {}): Extender {
  return new Extender({
    store: fakeStore(),
    ledger,
    budgetOf: () => null,
    now: () => NOW,
    onWrite: () => undefined,
    held: { report: () => undefined },
    ...changes,
  });
}

export function feedOver(ledger: CallLedger, head: Partial<FeedHead> = {}, now: () => Date = () => NOW): Feed {
  return new Feed({ ...HEAD, ...head }, extenderOver(ledger, { now }), now);
}
