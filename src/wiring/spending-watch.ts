import type { Logger } from "pino";
import { Counter, type Registry } from "prom-client";
import { PROVIDER_NAMES, type Provider } from "../domain/provider";
import type { TenantId } from "../domain/tenant-id";
import type { SpendingObserver } from "../feeds/feed/extender";
import type { CallLedger } from "../feeds/feed/call-ledger.port";

/** Percentages of a budget that are reported once a month; a refused call is reported as the last of them. */
const ALL = 100;
const REPORTED = [80, ALL];

export interface SpendingWatchDependencies {
  readonly log: Logger;
  readonly registry: Registry;
  readonly ledger: Pick<CallLedger, "committed">;
  /** Credits per calendar month (UTC); `null`: no limit. */
  readonly budgetOf: (tenant: TenantId, provider: Provider) => number | null;
  readonly now: () => Date;
}

/**
 * Counts what providers charge, and reports once a month and process when 80 % and 100 % of a budget are charged or reserved, or
 * the first call is not made because of it. No label contains data of a tenant.
 */
export class SpendingWatch implements SpendingObserver {
  readonly #credits: Counter<"provider">;
  readonly #reached: Counter<"provider" | "percent">;
  /** By tenant and provider, the month and the percentage that was reported last. */
  readonly #reported = new Map<string, { readonly month: string; readonly percent: number }>();

  constructor(private readonly dependencies: SpendingWatchDependencies) {
    const registers = [dependencies.registry];
    this.#credits = new Counter({
      name: "tributary_provider_credits_total",
      help: "Credits that providers have charged to this process.",
      labelNames: ["provider"],
      registers,
    });
    this.#reached = new Counter({
      name: "tributary_budget_reached_total",
      help: "How often 80 or 100 percent of a month's credit budget were reached.",
      labelNames: ["provider", "percent"],
      registers,
    });
  }

  charged(tenant: TenantId, provider: Provider, credits: number): void {
    const { budgetOf, log } = this.dependencies;
    this.#credits.inc({ provider }, credits);
    const budget = budgetOf(tenant, provider);
    if (budget === null) return;
    this.#compare(tenant, provider, budget).catch((error: unknown) => {
      log.warn({ err: error }, "the use of a credit budget could not be read");
    });
  }

  refused(tenant: TenantId, provider: Provider): void {
    const { budgetOf, log } = this.dependencies;
    if (!this.#isNew(tenant, provider, ALL)) return;
    log.warn(
      { tenant, provider, budget: budgetOf(tenant, provider) },
      `the month's credit budget for ${PROVIDER_NAMES[provider]} does not suffice for another call, so none is made`,
    );
  }

  async #compare(tenant: TenantId, provider: Provider, budget: number): Promise<void> {
    const { ledger, log, now } = this.dependencies;
    const committed = await ledger.committed(tenant, provider, now());
    for (const percent of REPORTED.filter((one) => committed * 100 >= budget * one)) {
      if (!this.#isNew(tenant, provider, percent)) continue;
      log.warn(
        { tenant, provider, budget, committed },
        `${String(percent)} % of the month's credit budget for ${PROVIDER_NAMES[provider]} are used`,
      );
    }
  }

  /** Counts a percentage; false where it, or a higher one, was reported in this month. */
  #isNew(tenant: TenantId, provider: Provider, percent: number): boolean {
    const key = JSON.stringify([tenant, provider]);
    const month = this.dependencies.now().toISOString().slice(0, 7);
    const before = this.#reported.get(key);
    if (before?.month === month && before.percent >= percent) return false;
    this.#reported.set(key, { month, percent });
    this.#reached.inc({ provider, percent });
    return true;
  }
}
