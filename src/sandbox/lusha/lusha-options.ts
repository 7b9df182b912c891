import { randomBytes } from "node:crypto";
import { COMPANY_COUNT } from "../catalogue/companies";
import type { ListenOptions } from "../simulator/simulator";

/** Calls a key may make in a minute, an hour and a day; `null` is any number. */
export interface RateWindowSizes {
  readonly minute: number | null;
  readonly hourly: number | null;
  readonly daily: number | null;
}

/** The known forms of Lusha's error bodies. */
export const ERROR_ENVELOPES = ["nested", "status-code", "slug", "flat"] as const;

/** `{error:{code,message}}`, `{statusCode,message,errors}`, `{code:"SLUG",message}` and `{message,code}`, in this order. */
export type ErrorEnvelope = (typeof ERROR_ENVELOPES)[number];

/** Options of the simulator. "Unknown" marks what Lusha's documentation does not say: such an option has each likely form. */
export interface LushaOptions extends ListenOptions {
  /** The accepted keys. "sandbox" by default. */
  readonly apiKey?: string | readonly string[];
  /** Of how many of the catalogue's companies, from the first on, Lusha knows most. All by default. */
  readonly companies?: number;
  /** By plan: the sizes of the three windows, any left out being `null`. 250, 5000 and 50000 by default. */
  readonly rateWindows?: Partial<RateWindowSizes>;
  /** Unknown: which answers have `RateLimit-Remaining` and `RateLimit-Reset`. "some" (the default): every second and each 429. */
  readonly rateLimitHeaders?: "some" | "all" | "none";
  /** Which body an error has; "rotate" (the default) takes one after the other. */
  readonly errorEnvelope?: ErrorEnvelope | "rotate";
  /** By plan: credits a row; their sum is rounded up. 1 by default. */
  readonly creditsPerResult?: number;
  /** Unknown: credits an answer without rows costs. 0 by default. */
  readonly creditsPerEmptyAnswer?: number;
  /** Unknown: how ids are written, strings (the default) or numbers. Both are read. */
  readonly ids?: "strings" | "numbers";
  /** Unknown: whether seeds that Lusha does not know are ignored (the default) or bring a 400 that names the first. */
  readonly unknownSeeds?: "ignore" | "reject";
  /** Most rows that seeds bring in all. 250 by default. */
  readonly setSize?: number;

  /** Recommendations. Unknown: the smallest `limit`; below it comes a 400. 5 by default. */
  readonly minLimit?: number;
  /** Recommendations. What a `limit` above 25 brings, a 400 (the default) or 25 rows. */
  readonly overMaxLimit?: "reject" | "clip";
  /** Recommendations. Unknown: what `exclude` holds; any other form brings a 400. "objects" by default. */
  readonly excludeForm?: "objects" | "ids" | "either";
  /** Recommendations. Unknown: whether `requestId` is another on each page (the default). All ids of a set continue it. */
  readonly requestIds?: "each-page" | "each-set";
  /**
   * Recommendations. Unknown: how a set ends. "short-page" (the default): with a page that is not full, or where the last
   * was full, with an empty one. "empty-page": only with an empty one, since every third page is a row short anyway.
   */
  readonly endOfSet?: "short-page" | "empty-page";
  /** Recommendations. Unknown: what a `requestId` that is not, or no longer, known brings. 404 by default. */
  readonly expiredAnswer?: 404 | 410 | 400;

  /** Makes ids of sets and sessions that no other simulator has given. At random by default. */
  readonly nonce?: string;
  /** How long after its last use a set or session can be continued. 30 days by default, as documented for lookalikes. */
  readonly sessionLifeMs?: number;
  /** Lookalikes. The fewest seeds. 5 by default. */
  readonly minLookalikeSeeds?: number;
}

/** All options, with their values. */
export interface LushaRules extends Required<Omit<LushaOptions, "apiKey" | "host" | "port" | "rateWindows">> {
  readonly apiKeys: readonly string[];
  readonly rateWindows: RateWindowSizes;
}

const DAY_MS = 86_400_000;

/** Adds the defaults. */
export function lushaRules({ apiKey = "sandbox", rateWindows, ...options }: LushaOptions): LushaRules {
  return {
    apiKeys: typeof apiKey === "string" ? [apiKey] : apiKey,
    companies: COMPANY_COUNT,
    rateWindows: rateWindows
      ? { minute: null, hourly: null, daily: null, ...rateWindows }
      : { minute: 250, hourly: 5000, daily: 50_000 },
    rateLimitHeaders: "some",
    errorEnvelope: "rotate",
    creditsPerResult: 1,
    creditsPerEmptyAnswer: 0,
    ids: "strings",
    unknownSeeds: "ignore",
    setSize: 250,
    minLimit: 5,
    overMaxLimit: "reject",
    excludeForm: "objects",
    requestIds: "each-page",
    endOfSet: "short-page",
    expiredAnswer: 404,
    nonce: randomBytes(6).toString("hex"),
    sessionLifeMs: 30 * DAY_MS,
    minLookalikeSeeds: 5,
    now: Date.now,
    ...options,
  };
}
