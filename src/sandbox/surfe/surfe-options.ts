import { COMPANY_COUNT } from "../catalogue/companies";
import type { RateLimit } from "../simulator/rate-limit";
import type { ListenOptions } from "../simulator/simulator";

/** Options of the simulator. "Unknown" marks what Surfe's documentation does not say: such an option has each likely form. */
export interface SurfeOptions extends ListenOptions {
  /** The accepted keys, each of a different user. "sandbox" by default. */
  readonly apiKey?: string | readonly string[];
  /** How many of the catalogue's companies, from the first on, Surfe knows. All by default. */
  readonly companies?: number;
  /** 10 a second with a burst of 20 by default, a key. */
  readonly rateLimit?: RateLimit | null;
  /** Unknown: the widest window (`to - from`). 200 by default. */
  readonly maxWindow?: number;
  /** Unknown: what a wider one brings, a 400 (the default) or only its first rows. */
  readonly overMaxWindow?: "reject" | "clip";
  /** Unknown: whether the row at `to` comes too. `false` by default. */
  readonly toInclusive?: boolean;
  /** Unknown: what a fetch before any ICP brings. "404" by default. */
  readonly withoutIcp?: "404" | "empty";
  /**
   * Unknown: what replacing an ICP does to the day's list. "new-list" (the default) makes another at once, in which
   * companies seen today may come again; "keep-day" lets the old one stand until the day turns.
   */
  readonly onReplace?: "new-list" | "keep-day";
  /** Unknown: whose later days a company seen is kept from: the external user's (the default) or everyone's of the key. */
  readonly seenBy?: "externalUserId" | "key";
  /** Unknown: the hour, UTC, at which a day begins. 0 by default. */
  readonly dayTurnsAtHour?: number;
}

/** All options, with their values. */
export interface SurfeRules extends Required<Omit<SurfeOptions, "apiKey" | "host" | "port">> {
  readonly apiKeys: readonly string[];
}

/** Adds the defaults. */
export function surfeRules({ apiKey = "sandbox", ...options }: SurfeOptions): SurfeRules {
  return {
    apiKeys: typeof apiKey === "string" ? [apiKey] : apiKey,
    companies: COMPANY_COUNT,
    rateLimit: { perSecond: 10, burst: 20 },
    maxWindow: 200,
    overMaxWindow: "reject",
    toInclusive: false,
    withoutIcp: "404",
    onReplace: "new-list",
    seenBy: "externalUserId",
    dayTurnsAtHour: 0,
    now: Date.now,
    ...options,
  };
}
