import { companyAt } from "../catalogue/companies";
import type { Returned } from "../catalogue/returned";
import type { SimulatorDescriptor } from "../simulator/descriptor";
import { type Simulator, type SimulatorControl, startSimulator } from "../simulator/simulator";
import { type SurfeOptions, surfeRules } from "./surfe-options";
import { SurfeService } from "./surfe-service";

/** The controls of the simulator, for tests. Companies are identified by their domains. */
export interface SurfeControl extends SimulatorControl {
  /** Starts Surfe's next day. */
  turnDay(): void;
  /** Makes this many more companies of the catalogue known, for lists that are made from now on. */
  insert(count: number): void;
  /** Number of unique companies in this calendar month (by the clock), of all keys together. */
  charged(): number;
  /** All rows that were returned, in order, with repetitions. */
  fetchedCompanies(): readonly string[];
  /** The companies that this external user has seen (without one: the keys' own users), in the order of the first time. */
  seen(externalUserId?: string): readonly string[];
  /** The same companies, and the people in their rows, as in the catalogue. */
  returned(): Returned;
}

/** A running simulator of Surfe. */
export type SurfeSimulator = Simulator<SurfeControl>;

/**
 * Starts a simulator of Surfe. Simulators share no data.
 *
 * @throws {Error} it cannot listen.
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
