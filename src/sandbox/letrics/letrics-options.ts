import type { RateLimit } from "../simulator/rate-limit";
import type { ListenOptions } from "../simulator/simulator";

/** Options of the simulator. "Unknown" marks what Letrics' documentation does not say: such an option has each likely form. */
export interface LetricsOptions extends ListenOptions {
  /** The accepted keys. "sandbox" by default. */
  readonly apiKey?: string | readonly string[];
  /** Of how many of the catalogue's companies, from the first on, Letrics knows most. 3000 by default: the rest can be inserted. */
  readonly companies?: number;
  /** Unknown: a limit of calls a key; `null`, none, by default. */
  readonly rateLimit?: RateLimit | null;
  /** Unknown: "/contacts" by default. */
  readonly contactsPath?: string;
  /** Unknown: "/companies" by default. */
  readonly companiesPath?: string;
  /** Unknown: how calls are made, with a JSON body, a query string, or either way (the default). The other brings a 405. */
  readonly method?: "POST" | "GET" | "either";
  /** Unknown: how a query string has an array, its name repeated (the default) or its values joined with commas. */
  readonly queryArrays?: "repeated" | "comma";
  /** The name of that filter; a filter by another name brings a 400. "has_personal_emails" by default; the newer has no "s". */
  readonly personalEmailField?: "has_personal_emails" | "has_personal_email";
  /**
   * Unknown: the order of companies and of their contacts: by the company's creation, "newest-first" by default, or by
   * what was asked for, the most relevant company first.
   */
  readonly order?: "newest-first" | "oldest-first" | "relevance";
  /** Unknown: whether `meta` has `total`. `true` by default. */
  readonly total?: boolean;
  /** Unknown: a page's real limit, to which a larger `per_page` is cut. 100 by default. */
  readonly maxPerPage?: number;
  /** Unknown: whether `meta` has the page and its size. `true` by default. */
  readonly pageInMeta?: boolean;
  /** What `errors` is on success. "empty" by default. */
  readonly noErrors?: "empty" | "null" | "absent";
}

/** All options, with their values. */
export interface LetricsRules extends Required<Omit<LetricsOptions, "apiKey" | "host" | "port">> {
  readonly apiKeys: readonly string[];
}

/** Adds the defaults. */
export function letricsRules({ apiKey = "sandbox", ...options }: LetricsOptions): LetricsRules {
  return {
    apiKeys: typeof apiKey === "string" ? [apiKey] : apiKey,
    companies: 3000,
    rateLimit: null,
    contactsPath: "/contacts",
    companiesPath: "/companies",
    method: "either",
    queryArrays: "repeated",
    personalEmailField: "has_personal_emails",
    order: "newest-first",
    total: true,
    maxPerPage: 100,
    pageInMeta: true,
    noErrors: "empty",
    now: Date.now,
    ...options,
  };
}
