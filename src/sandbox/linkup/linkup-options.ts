import { COMPANY_COUNT } from "../catalogue/companies";
import type { ListenOptions } from "../simulator/simulator";

/** Options of the simulator. "Unknown" marks what LinkUp's documentation does not say: such an option has each likely form. */
export interface LinkUpOptions extends ListenOptions {
  /** The accepted keys. "sandbox" by default. */
  readonly apiKey?: string | readonly string[];
  /** The LinkedIn sessions that are open, each one person's. "sandbox" by default; any other is answered 403. */
  readonly loginTokens?: string | readonly string[];
  /** At how many of the catalogue's companies, from the first on, the people work. All by default. */
  readonly companies?: number;
  /** Most people there are to recommend to each session's owner. 200 by default. */
  readonly people?: number;
  /** Calls a minute and key; `null` is any number. 300 by default. */
  readonly callsPerMinute?: number | null;
  /** Unknown: the largest `total_results`. 300 by default. */
  readonly maxResults?: number;
  /** Unknown: what a larger one brings, a 400 (the default) or only that many. */
  readonly overMaxResults?: "reject" | "clip";
  /** Unknown: which results are counted 10 to a credit, those returned (the default) or those asked for. */
  readonly chargedBy?: "returned" | "asked";
  /** Unknown: credits an error costs. 1 by default. */
  readonly creditsPerError?: number;
  /** "pages": `start_page` and `end_page` are read too, and charged a credit a page. "totals", the default, ignores them. */
  readonly paging?: "totals" | "pages";
  /** Which of the documented words a session that is not open is refused with. "cookie invalid" by default. */
  readonly expiredWords?: "cookie invalid" | "expired";
}

/** All options, with their values. */
export interface LinkUpRules extends Required<Omit<LinkUpOptions, "apiKey" | "loginTokens" | "host" | "port">> {
  readonly apiKeys: readonly string[];
  readonly loginTokens: readonly string[];
}

/** Adds the defaults. */
export function linkUpRules({ apiKey = "sandbox", loginTokens = "sandbox", ...options }: LinkUpOptions): LinkUpRules {
  return {
    apiKeys: listOf(apiKey),
    loginTokens: listOf(loginTokens),
    companies: COMPANY_COUNT,
    people: 200,
    callsPerMinute: 300,
    maxResults: 300,
    overMaxResults: "reject",
    chargedBy: "returned",
    creditsPerError: 1,
    paging: "totals",
    expiredWords: "cookie invalid",
    now: Date.now,
    ...options,
  };
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
