import { companyAt } from "../catalogue/companies";
import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type SurfeOptions, surfeRules } from "./surfe-options";
import { SurfeService } from "./surfe-service";

/** What a test can see of Surfe, and do to it. Companies are told by their domains. */
export interface SurfeControl extends SimulatorControl {
  /** Surfe's next day begins now, whatever the clock says. */
  turnDay(): void;
  /** Surfe gets to know this many more of the catalogue's companies; they show in lists made from now on. */
  insert(count: number): void;
  /** Unique companies this calendar month (by the clock), those of all keys added up. */
  charged(): number;
  /** Every row that came back, in that order, repeats included. */
  fetchedCompanies(): readonly string[];
  /** Companies this external user, or without one the keys' own users, ever saw, in the order they first did. */
  seen(externalUserId?: string): readonly string[];
  /** The same companies with the people that came inside them, as the catalogue counts them. */
  returned(): Returned;
}

/** Surfe on this machine. */
export type SurfeSimulator = Simulator<SurfeControl>;

/**
 * Starts a Surfe of its own: no two share what was saved, seen or charged.
 *
 * @throws {Error} where it cannot listen.
 */
export async function startSurfeSimulator(options: SurfeOptions = {}): Promise<SurfeSimulator> {
  const rules = surfeRules(options);
  const surfe = new SurfeService(rules);
  const simulator = await startSimulator(surfe, { ...options, rateLimit: rules.rateLimit });
  return {
    ...simulator,
    control: {
      ...simulator.control,
      turnDay: () => surfe.calendar.turnDay(),
      insert: (count) => surfe.insert(count),
      charged: () => surfe.ledger.charged(),
      fetchedCompanies: () => domainsOf(surfe.ledger.fetched()),
      seen: (externalUserId) => {
        const scopes = rules.apiKeys.map((apiKey) => surfe.scopeOf(apiKey, externalUserId ?? null));
        return domainsOf(scopes.flatMap((scope) => surfe.ledger.seen(scope)));
      },
      returned: () => surfe.given.returned(),
    },
  };
}

function domainsOf(companies: readonly number[]): readonly string[] {
  return companies.map((company) => companyAt(company).domain);
}

/** Surfe in the sandbox: it knows not all of the catalogue's companies, so that every provider has some to itself. */
export const surfeSimulator: SimulatorDescriptor<SurfeOptions, SurfeSimulator> = {
  start: startSurfeSimulator,
  inSandbox: { companies: 5400 },
};
