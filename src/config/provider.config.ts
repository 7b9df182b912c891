import type { Secret } from "./secret";

/** What every provider takes. */
export interface ProviderConfig {
  /** `null`: the provider is not configured, unless the sandbox is on. */
  readonly apiKey: Secret | null;
  /** Absolute, without a slash at its end. */
  readonly baseUrl: string;
  /** Of one call, connect to last byte. */
  readonly timeoutMs: number;
  /** May be a fraction: 0.5 is one call in two seconds. */
  readonly ratePerSecond: number;
  readonly burst: number;
  /** Credits per calendar month (UTC) and tenant; `null`: no budget. */
  readonly creditBudget: number | null;
  readonly feedMaxAgeMs: number;
  readonly recheckAfterMs: number;
}

/** Surfe's settings. `maxWindow` counts rows of one fetch, the anchor row included, and is 2 or more. */
export interface SurfeConfig extends ProviderConfig {
  readonly maxWindow: number;
}

/** Lusha's settings. `creditsPerResult` is what a budget reserves and may be a fraction. */
export interface LushaConfig extends ProviderConfig {
  readonly api: "recommendations" | "lookalikes";
  readonly excludeForm: "objects" | "ids";
  readonly shortPageEnds: boolean;
  readonly creditsPerResult: number;
}

/** LinkUp's settings. `loginToken` serves requests that bring none; `null`: such requests are refused. */
export interface LinkupConfig extends ProviderConfig {
  readonly loginToken: Secret | null;
  readonly paging: "totals" | "pages";
  readonly maxResults: number;
}

/** Letrics' settings. `baseUrl` has no default: `null` only where there is no key either. */
export interface LetricsConfig extends Omit<ProviderConfig, "baseUrl"> {
  readonly baseUrl: string | null;
  readonly contactsPath: string;
  readonly companiesPath: string;
  readonly method: "POST" | "GET";
  readonly personalEmailField: string;
}
