import { Gauge, type Registry } from "prom-client";
import { PROVIDERS, type Provider } from "../domain/provider";
import type { TenantId } from "../domain/tenant-id";
import type { GraphServices } from "../graphql/graph-services";

type ProviderStatus = ReturnType<GraphServices["providerStatuses"]>[number];

const CIRCUIT_VALUES = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 } as const;

/** The services that are open now, by tenant. */
export type OpenTenants = () => readonly { readonly id: TenantId; readonly services: GraphServices }[];

/** Registers the state of the providers. Of all tenants together: no label names a tenant. */
export function registerProviderGauges(registry: Registry, openTenants: OpenTenants): void {
  const statusesOf = (provider: Provider): readonly ProviderStatus[] =>
    openTenants().flatMap(({ services }) => services.providerStatuses().filter((one) => one.provider === provider));
  registerGauge(registry, statusesOf, {
    name: "tributary_provider_circuit",
    help: "Whether calls to a provider are let through: 0 closed, 1 half open, 2 open; the highest of all tenants.",
    valueOf: (statuses) => Math.max(...statuses.map(({ circuit }) => CIRCUIT_VALUES[circuit])),
  });
  registerGauge(registry, statusesOf, {
    name: "tributary_provider_queue",
    help: "Calls to a provider that wait for its limiter; the sum of all tenants.",
    valueOf: (statuses) => statuses.reduce((sum, { queued }) => sum + queued, 0),
  });
  registerCreditsSpent(registry, openTenants);
  registerBudgetUse(registry, openTenants);
}

/** The highest share of a budget that is charged or reserved, of all tenants. Providers without a budget have no value. */
function registerBudgetUse(registry: Registry, openTenants: OpenTenants): void {
  new Gauge({
    name: "tributary_provider_budget_used_ratio",
    help: "The part of this month's credit budget that is charged or reserved, from 0 to 1; the highest of all tenants.",
    labelNames: ["provider"],
    registers: [registry],
    async collect() {
      this.reset();
      const used = new Map<Provider, number>();
      for (const { id, services } of openTenants()) {
        for (const { provider, creditBudget: budget } of services.providerStatuses()) {
          const left = budget === null ? null : await services.creditsLeft(id, provider);
          if (budget === null || left === null) continue;
          used.set(provider, Math.max(used.get(provider) ?? 0, budget === 0 ? 1 : (budget - left) / budget));
        }
      }
      for (const [provider, ratio] of used) this.set({ provider }, ratio);
    },
  });
}

interface StatusGauge {
  readonly name: string;
  readonly help: string;
  /** @param statuses of one provider, at least one. */
  readonly valueOf: (statuses: readonly ProviderStatus[]) => number;
}

function registerGauge(
  registry: Registry,
  statusesOf: (provider: Provider) => readonly ProviderStatus[],
  { name, help, valueOf }: StatusGauge,
): void {
  new Gauge({
    name,
    help,
    labelNames: ["provider"],
    registers: [registry],
    collect() {
      for (const provider of PROVIDERS) {
        const statuses = statusesOf(provider);
        if (statuses.length > 0) this.set({ provider }, valueOf(statuses));
      }
    },
  });
}

function registerCreditsSpent(registry: Registry, openTenants: OpenTenants): void {
  new Gauge({
    name: "tributary_provider_credits_spent",
    help: "Credits that a provider has charged since ever, by the ledger.",
    labelNames: ["provider"],
    registers: [registry],
    async collect() {
      const periods = PROVIDERS.map((provider) => ({ provider, since: null }));
      const byTenant = await Promise.all(openTenants().map(({ id, services }) => services.creditsSpent(id, periods)));
      for (const [at, provider] of PROVIDERS.entries()) {
        this.set(
          { provider },
          byTenant.reduce((sum, spent) => sum + (spent[at] ?? 0), 0),
        );
      }
    },
  });
}
