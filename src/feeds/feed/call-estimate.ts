import { PROVIDERS, type Provider } from "../../domain/provider";
import { affordableRows, planCalls } from "./call-plan";
import type { Caller } from "./caller";
import type { AnySource, CallPlan, ListPlan } from "./feed-source.port";
import type { FeedHead } from "./feed-model";

/** The caller of an operation that may be only estimated. */
export interface OperationCaller extends Caller {
  /** Set where it is only estimated: its calls are added here, and none is made. */
  readonly estimate?: CallEstimate | null;
}

/** What the operation may do, and what it would be charged to. */
export interface EstimateLimits {
  /** The most calls of one operation. */
  readonly calls: number;
  /** The most credits (`x-credits-max`); `null`: no limit. */
  readonly credits: number | null;
  /** Whether it may make calls that can be charged (the scope `spend`). */
  readonly maySpend: boolean;
  /** What the month's budget has left; `null`: there is none. */
  readonly creditsLeft: (provider: Provider) => Promise<number | null>;
}

/** The most that an operation could make and cost now, in the shape of the answer. */
export interface Estimate extends CallPlan {
  /** Those that the operation would call, or would if their budget allowed it. */
  readonly providers: readonly (CallPlan & { readonly provider: Provider; readonly left: number | null })[];
}

/** Adds up the calls that an operation would make. Makes no call and writes nothing. */
export class CallEstimate {
  readonly #plans = new Map<Provider, CallPlan>();
  /** By feed, as it is after the calls that are planned. */
  readonly #feeds = new Map<string, FeedHead>();
  readonly #missing = new WeakMap<object, number>();
  readonly #left = new Map<Provider, Promise<number | null>>();

  constructor(private readonly limits: EstimateLimits) {}

  /** Plans the calls that bring a feed to `to` rows. @param key identifies the feed within the operation. */
  async reach(key: string, feed: FeedHead, source: AnySource, to: number): Promise<void> {
    const known = this.#feeds.get(key) ?? feed;
    if (known.length >= to) return;
    if (source.provider === "MERGED") {
      for (const list of await source.plan(feed, to - known.length)) await this.#addList(list);
      this.#feeds.set(key, { ...known, length: to });
      return;
    }
    const plan = planCalls(source, known, to - known.length, await this.#affordable(source.provider));
    this.#feeds.set(key, { ...plan.feed, length: Math.max(plan.feed.length, to) });
    if (source.unavailable === null) this.#charge(source.provider, plan);
  }

  /** Counts calls and credits that are known without a feed. */
  add(provider: Provider, plan: CallPlan): void {
    if (plan.calls > 0) this.#charge(provider, plan);
  }

  /** Counts a call that is never charged; it needs no scope `spend`. */
  addFree(provider: Provider): void {
    this.#count(provider, { calls: 1, credits: 0 });
  }

  /** Notes how many rows of a page are missing, which its calls may bring. */
  noteMissing(page: object, rows: number): void {
    this.#missing.set(page, rows);
  }

  /** The number that `noteMissing` was given; 0 for other objects. */
  missingFrom(page: unknown): number {
    return typeof page === "object" && page !== null ? (this.#missing.get(page) ?? 0) : 0;
  }

  /** The sum, within the limits of the operation and the budgets. */
  async total(): Promise<Estimate> {
    const { calls: mostCalls, credits: mostCredits } = this.limits;
    const providers = await Promise.all(
      PROVIDERS.filter((provider) => this.#plans.has(provider)).map(async (provider) => {
        const { calls, credits } = this.#plans.get(provider) ?? { calls: 0, credits: 0 };
        const left = await this.#leftOf(provider);
        const most = Math.min(left ?? Infinity, mostCredits ?? Infinity);
        return { provider, calls: Math.min(calls, mostCalls), credits: Math.min(credits, most), left };
      }),
    );
    const sum = (of: (use: CallPlan) => number): number => providers.reduce((all, use) => all + of(use), 0);
    return {
      calls: Math.min(
        sum(({ calls }) => calls),
        mostCalls,
      ),
      credits: Math.min(
        sum(({ credits }) => credits),
        mostCredits ?? Infinity,
      ),
      providers,
    };
  }

  async #addList({ source, feed, want, allowance }: ListPlan): Promise<void> {
    const affordable = await this.#affordable(source.provider);
    const most = this.limits.calls;
    if (affordableRows(source, feed, 1, affordable) === 0) this.#charge(source.provider, { calls: 0, credits: 0 });
    else if (allowance.calls <= most) this.#charge(source.provider, allowance);
    else this.#charge(source.provider, { calls: most, credits: most * source.creditsFor(want, feed) });
  }

  async #affordable(provider: Provider): Promise<number> {
    return Math.min((await this.#leftOf(provider)) ?? Infinity, this.limits.credits ?? Infinity);
  }

  #leftOf(provider: Provider): Promise<number | null> {
    const left = this.#left.get(provider) ?? this.limits.creditsLeft(provider);
    this.#left.set(provider, left);
    return left;
  }

  #charge(provider: Provider, plan: CallPlan): void {
    if (this.limits.maySpend) this.#count(provider, plan);
  }

  #count(provider: Provider, { calls, credits }: CallPlan): void {
    const known = this.#plans.get(provider) ?? { calls: 0, credits: 0 };
    this.#plans.set(provider, { calls: known.calls + calls, credits: known.credits + credits });
  }
}
