import type { Provider } from "../../src/domain/provider";
import type { Fault } from "../../src/sandbox/simulator/faults";

/** What a failure comes to. `calls` arrive at the provider; `credits` are what the ledger says the failure cost. */
export interface FaultOutcome {
  readonly code: string;
  readonly retryable: boolean;
  readonly calls: number;
  readonly credits: number;
  /** Whether nobody can tell what it cost, so that its reservation stays. */
  readonly unsettled?: true;
  /** Where going on with a list takes other calls than beginning it. */
  readonly callsGoingOn?: number;
}

/**
 * `refused`, `handshake` and `certificate`: nobody listens there, the connection is reset before anything was sent, or the
 * server's certificate is not trusted.
 */
export type ProviderFault = Fault | "refused" | "handshake" | "certificate";

export interface FaultRow {
  readonly name: string;
  readonly fault: (provider: Provider) => ProviderFault;
  /** Set where the fault is that an answer does not come in time. */
  readonly timeoutMs?: number;
  /** At noon on 20 November 2026; `null` where nobody knows. */
  readonly retryAfter: string | null;
  readonly outcomes: Readonly<Record<Provider, FaultOutcome>>;
}

type Outcomes = FaultRow["outcomes"];

/** Refused for good: one call, which LinkUp charges. */
function refused(code: string, retryable = false): Outcomes {
  const outcome = { code, retryable, calls: 1, credits: 0 };
  return { SURFE: outcome, LUSHA: outcome, LINKUP: { ...outcome, credits: 1 }, LETRICS: outcome };
}

/** Asked three times where that is safe. */
function unavailable(linkupCredits: 0 | 1): Outcomes {
  const once = { code: "PROVIDER_UNAVAILABLE", retryable: true, calls: 1, credits: 0 };
  const thrice = { ...once, calls: 3 };
  return { SURFE: thrice, LUSHA: once, LINKUP: { ...once, credits: linkupCredits }, LETRICS: thrice };
}

/** Asked three times where that is safe; else nobody knows what became of it, or what it cost. */
function lost(): Outcomes {
  const safe = { code: "PROVIDER_UNAVAILABLE", retryable: true, calls: 3, credits: 0 };
  const unknown = {
    code: "PROVIDER_OUTCOME_UNKNOWN",
    retryable: false,
    calls: 1,
    credits: 0,
    unsettled: true,
  } as const;
  return { SURFE: safe, LUSHA: unknown, LINKUP: unknown, LETRICS: safe };
}

/** An answer came that cannot be read: where calls are charged one by one, nobody knows what it cost. */
function unreadable(): Outcomes {
  const outcome = { code: "PROVIDER_BAD_RESPONSE", retryable: false, calls: 1, credits: 0 };
  const unsettled = { ...outcome, unsettled: true } as const;
  return { SURFE: outcome, LUSHA: unsettled, LINKUP: unsettled, LETRICS: outcome };
}

/** Asked once, whether or not that is safe: the provider said that it is of no use before a time too far off. */
function notBefore(): Outcomes {
  const once = { code: "PROVIDER_UNAVAILABLE", retryable: true, calls: 1, credits: 0 };
  return { SURFE: once, LUSHA: once, LINKUP: { ...once, credits: 1 }, LETRICS: once };
}

/** Tried three times by every provider's client; nothing arrives. */
function unreachable(): Outcomes {
  const outcome = { code: "PROVIDER_UNAVAILABLE", retryable: true, calls: 0, credits: 0 };
  return { SURFE: outcome, LUSHA: outcome, LINKUP: outcome, LETRICS: outcome };
}

const IN_A_MINUTE = "2026-11-20T12:01:00.000Z";
const A_MINUTE = { "retry-after": "60" };

const status = (code: number, more: Pick<Extract<Fault, { kind: "status" }>, "body" | "headers"> = {}) => {
  return (): Fault => ({ kind: "status", status: code, ...more });
};

const shape = (bodies: Readonly<Record<Provider, unknown>>) => {
  return (provider: Provider): Fault => ({ kind: "shape", body: bodies[provider] });
};

const WRONG_SHAPE: Readonly<Record<Provider, unknown>> = {
  SURFE: { companies: {}, pagination: { hasMore: false } },
  LUSHA: { companies: "none", requestId: "req_1" },
  LINKUP: { status: "success", data: { recommendations: {} } },
  LETRICS: { data: {}, meta: {}, errors: [] },
};

const MISSING_FIELDS: Readonly<Record<Provider, unknown>> = {
  SURFE: { companies: [] },
  LUSHA: { requestId: "req_1", count: 0, creditsCharged: 2 },
  LINKUP: { status: "success", data: { total_results: 0 } },
  LETRICS: { meta: { page: 1, per_page: 25, total: 0 }, errors: [] },
};

/** Surfe and Lusha document no such answer. */
const refusing = (message: string, code: number): Readonly<Record<Provider, unknown>> => ({
  SURFE: { code, message },
  LUSHA: { code, message },
  LINKUP: { status: "error", message },
  LETRICS: { data: [], meta: {}, errors: [{ id: "refused", code, details: message }] },
});

const REFUSING = refusing("This country cannot be searched", 400);
const OUT_OF_CREDITS = refusing("Not enough credits", 402);

const REJECTED = refused("PROVIDER_REJECTED_REQUEST");

/** Every way in which a call fails, and what comes of it for each provider. docs/faults.md is made of it. */
export const FAULT_TABLE: readonly FaultRow[] = [
  { name: "400", fault: status(400), retryAfter: null, outcomes: REJECTED },
  { name: "401", fault: status(401), retryAfter: null, outcomes: refused("PROVIDER_CREDENTIALS_REJECTED") },
  { name: "402", fault: status(402), retryAfter: null, outcomes: refused("PROVIDER_CREDITS_EXHAUSTED") },
  {
    name: "403 for the key",
    fault: status(403),
    retryAfter: null,
    outcomes: refused("PROVIDER_CREDENTIALS_REJECTED"),
  },
  {
    name: "403 for credits",
    fault: status(403, { body: { message: "Not enough credits" } }),
    retryAfter: null,
    outcomes: refused("PROVIDER_CREDITS_EXHAUSTED"),
  },
  {
    name: "404",
    fault: status(404),
    retryAfter: null,
    // Surfe may have forgotten the profile, so that is sent once more; Lusha the list, so that is begun again.
    outcomes: {
      ...REJECTED,
      SURFE: { ...REJECTED.SURFE, calls: 2 },
      LUSHA: { ...REJECTED.LUSHA, callsGoingOn: 2 },
    },
  },
  { name: "408", fault: status(408), retryAfter: null, outcomes: unavailable(1) },
  { name: "429", fault: status(429), retryAfter: null, outcomes: refused("PROVIDER_RATE_LIMITED", true) },
  {
    name: "429 with Retry-After: 60",
    fault: status(429, { headers: A_MINUTE }),
    retryAfter: IN_A_MINUTE,
    outcomes: refused("PROVIDER_RATE_LIMITED", true),
  },
  { name: "500", fault: status(500), retryAfter: null, outcomes: unavailable(0) },
  { name: "503", fault: status(503), retryAfter: null, outcomes: unavailable(1) },
  {
    name: "503 with Retry-After: 60",
    fault: status(503, { headers: A_MINUTE }),
    retryAfter: IN_A_MINUTE,
    outcomes: notBefore(),
  },
  {
    name: "503 with RateLimit-Reset: 60",
    fault: status(503, { headers: { "ratelimit-reset": "60" } }),
    retryAfter: null,
    outcomes: unavailable(1),
  },
  { name: "connection refused", fault: () => "refused", retryAfter: null, outcomes: unreachable() },
  {
    name: "a certificate that is not trusted, or has expired",
    fault: () => "certificate",
    retryAfter: null,
    outcomes: unreachable(),
  },
  {
    name: "connection reset before the request was sent",
    fault: () => "handshake",
    retryAfter: null,
    outcomes: unreachable(),
  },
  {
    name: "connection reset after it was sent, before the work",
    fault: () => ({ kind: "reset", when: "before" }),
    retryAfter: null,
    outcomes: lost(),
  },
  {
    name: "connection reset after it was sent, after the work",
    fault: () => ({ kind: "reset", when: "after" }),
    retryAfter: null,
    outcomes: lost(),
  },
  { name: "no answer in time", fault: () => ({ kind: "hang" }), timeoutMs: 300, retryAfter: null, outcomes: lost() },
  {
    name: "a body not whole in time",
    fault: () => ({ kind: "slow-body", ms: 60_000 }),
    timeoutMs: 300,
    retryAfter: null,
    outcomes: lost(),
  },
  { name: "a body cut off", fault: () => ({ kind: "truncated" }), retryAfter: null, outcomes: lost() },
  {
    name: "not JSON",
    fault: () => ({ kind: "malformed" }),
    retryAfter: null,
    outcomes: unreadable(),
  },
  {
    name: "a 200 that tells of an error",
    fault: shape(REFUSING),
    retryAfter: null,
    outcomes: { ...unreadable(), LINKUP: REJECTED.LINKUP, LETRICS: REJECTED.LETRICS },
  },
  {
    name: "a 200 that tells of used-up credits",
    fault: shape(OUT_OF_CREDITS),
    retryAfter: null,
    outcomes: {
      ...unreadable(),
      LINKUP: { ...REJECTED.LINKUP, code: "PROVIDER_CREDITS_EXHAUSTED" },
      LETRICS: { ...REJECTED.LETRICS, code: "PROVIDER_CREDITS_EXHAUSTED" },
    },
  },
  { name: "another shape", fault: shape(WRONG_SHAPE), retryAfter: null, outcomes: unreadable() },
  {
    name: "fields missing, the price given",
    fault: shape(MISSING_FIELDS),
    retryAfter: null,
    outcomes: { ...unreadable(), LUSHA: { ...unreadable().SURFE, credits: 2 } },
  },
];

/** An answer that is not as documented, and is served all the same: the page is whole, and says in `issues` what is missing. */
export interface SpoiltRow {
  readonly name: string;
  readonly alter: (provider: Provider, body: Body) => Body;
  /** What the page tells, ` of N` rows; `null` for nothing. */
  readonly message: string | null;
  readonly outcomes: Readonly<Record<Provider, Pick<FaultOutcome, "calls" | "credits"> & { readonly rows: number }>>;
}

/** An answer's body, or an object in it. */
export type Body = Readonly<Record<string, unknown>>;

/** Where the rows of each provider's answer are. */
function alterRows(provider: Provider, body: Body, alter: (rows: readonly Body[]) => readonly unknown[]): Body {
  const inner = provider === "LINKUP" ? (body["data"] as Body) : body;
  const name = { SURFE: "companies", LUSHA: "companies", LINKUP: "recommendations", LETRICS: "data" }[provider];
  const altered = { ...inner, [name]: alter(inner[name] as readonly Body[]) };
  return provider === "LINKUP" ? { ...body, data: altered } : altered;
}

/** What is wrong with answers whose other rows are served. docs/faults.md is made of it. */
export const SPOILT_TABLE: readonly SpoiltRow[] = [
  {
    name: "a row that cannot be read",
    alter: (provider, body) => alterRows(provider, body, (rows) => ["a row", ...rows.slice(1)]),
    message: "1 of ",
    outcomes: {
      SURFE: { calls: 2, credits: 4, rows: 3 },
      LUSHA: { calls: 2, credits: 10, rows: 5 },
      LINKUP: { calls: 2, credits: 3, rows: 10 },
      LETRICS: { calls: 2, credits: 2, rows: 25 },
    },
  },
  {
    name: "values of other types, arrays for objects, names of nothing",
    alter: (provider, body) =>
      alterRows(provider, body, (rows) =>
        rows.map((row) => ({
          ...row,
          description: 5,
          subtitle: [],
          recommendation: [],
          industries: "Software",
          more: {},
        })),
      ),
    message: null,
    outcomes: {
      SURFE: { calls: 1, credits: 3, rows: 3 },
      LUSHA: { calls: 1, credits: 5, rows: 5 },
      LINKUP: { calls: 1, credits: 1, rows: 10 },
      LETRICS: { calls: 1, credits: 1, rows: 25 },
    },
  },
];
