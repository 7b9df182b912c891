import type { Logger } from "pino";
import { Counter, type Registry } from "prom-client";
import { PROVIDER_NAMES, type Provider } from "../domain/provider";
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
  readonly budgetOf: (tenant: string, provider: Provider) => number | null;
  readonly now: () => Date;
}

/**
 * Counts what providers charge, and reports once a month and process when 80 % and 100 % of a budget are charged or reserved, or
 * the first call is not made because of it.
 * No label contains data of a tenant.
 */
export function watchSpending(dependencies: SpendingWatchDependencies): SpendingObserver {
  const { log, registry, ledger, budgetOf, now } = dependencies;
  const registers = [registry];
  const credits = new Counter({
    name: "tributary_provider_credits_total",
    help: "Credits that providers have charged to this process.",
    labelNames: ["provider"],
    registers,
  });
  const reached = new Counter({
    name: "tributary_budget_reached_total",
    help: "How often 80 or 100 percent of a month's credit budget were reached.",
    labelNames: ["provider", "percent"],
    registers,
  });
  /** By tenant and provider, the month and the percentages that were reported. */
  const reported = new Map<string, { readonly month: string; readonly percent: number }>();
  /** @returns false where this percentage, or a higher one, was reported in this month. */
  const isNew = (tenant: string, provider: Provider, percent: number): boolean => {
    const key = JSON.stringify([tenant, provider]);
    const month = now().toISOString().slice(0, 7);
    const before = reported.get(key);
    if (before?.month === month && before.percent >= percent) return false;
    reported.set(key, { month, percent });
    reached.inc({ provider, percent });
    return true;
  };
  const compare = async (tenant: string, provider: Provider, budget: number): Promise<void> => {
    const committed = await ledger.committed(tenant, provider, now());
    for (const percent of REPORTED.filter((one) => committed * 100 >= budget * one)) {
      if (!isNew(tenant, provider, percent)) continue;
      log.warn(
        { tenant, provider, budget, committed },
        `${String(percent)} % of the month's credit budget for ${PROVIDER_NAMES[provider]} are used`,
      );
    }
  };
  return {
    charged: (tenant, provider, charged) => {
      credits.inc({ provider }, charged);
      const budget = budgetOf(tenant, provider);
      if (budget === null) return;
      compare(tenant, provider, budget).catch((error: unknown) => {
        log.warn({ err: error }, "the use of a credit budget could not be read");
      });
    },
    refused: (tenant, provider) => {
      if (!isNew(tenant, provider, ALL)) return;
      log.warn(
        { tenant, provider, budget: budgetOf(tenant, provider) },
        `the month's credit budget for ${PROVIDER_NAMES[provider]} does not suffice for another call, so none is made`,
      );
    },
  };
}
