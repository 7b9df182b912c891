import type { EntityKey } from "../../domain/entity-key";
import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { CallAllowance, TakenCall } from "./caller";
import type { CallPlan } from "./feed-source.port";

/** The calls of an operation that one list of a merged feed may take for one page. */
export class LimitedCalls implements CallAllowance {
  #made = 0;
  /** Credits that its calls cost or may still cost. */
  #committed = 0;

  constructor(
    private readonly calls: CallAllowance,
    private readonly limit: CallPlan,
  ) {}

  get left(): number {
    return Math.min(this.calls.left, this.limit.calls - this.#made);
  }

  canTake(least: number): boolean {
    return this.#allows(least) && this.calls.canTake(least);
  }

  take(least: number, user?: string | null): TakenCall | null {
    const taken = this.#allows(least) ? this.calls.take(least, user) : null;
    return taken && this.#counted(taken);
  }

  takeFree(): TakenCall | null {
    return this.calls.takeFree();
  }

  refusal(provider: Provider, least: number): ProviderError {
    return this.#allows(least) ? this.calls.refusal(provider, least) : exhausted(provider);
  }

  #allows(least: number): boolean {
    return this.#made < this.limit.calls && least <= this.#creditsLeft;
  }

  get #creditsLeft(): number {
    return this.limit.credits - this.#committed;
  }

  #counted(taken: TakenCall): TakenCall {
    const creditsLeft = Math.min(taken.creditsLeft, this.#creditsLeft);
    let reserved = 0;
    const commit = (credits: number): void => {
      this.#committed += credits - reserved;
      reserved = credits;
    };
    this.#made += 1;
    return {
      origin: taken.origin,
      creditsLeft,
      reserve: (credits) => {
        commit(credits);
        taken.reserve(credits);
      },
      end: (provider: Provider, credits: number | null, fetched: readonly EntityKey[]) => {
        if (credits !== null) commit(credits);
        taken.end(provider, credits, fetched);
      },
      giveBack: () => {
        commit(0);
        this.#made -= 1;
        taken.giveBack();
      },
    };
  }
}

function exhausted(provider: Provider): ProviderError {
  return new ProviderError(
    provider,
    "PROVIDER_CALLS_EXHAUSTED",
    `For this page, ${PROVIDER_NAMES[provider]} was called as often as one list may be, so it was not called again. Ask for the next page to continue.`,
  );
}
