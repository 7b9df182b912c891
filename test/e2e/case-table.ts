import type { Provider } from "../../src/domain/provider";
import type { Answer, TestApp, TestAppOptions } from "../support/test-app";

/** Something that a provider or a client does, and what comes of it. docs/faults.md is made of it. */
export interface CaseRow {
  /** Who does it; `null` is the client. */
  readonly provider: Provider | null;
  readonly name: string;
  readonly options?: Omit<TestAppOptions, "providers" | "now">;
  /** Runs before the calls are counted. */
  readonly prepare?: (app: TestApp) => unknown;
  /** @param pass moves the clock. */
  readonly ask: (app: TestApp, pass: (ms: number) => void) => Promise<Answer<unknown>>;
  /** What the answer tells, in `issues`, `errors` or `userErrors`; `null`: nothing. */
  readonly code: string | null;
  /** A part of the message. */
  readonly message?: string;
  /** The provider's calls that `ask` makes, each by the end of its path. */
  readonly calls: readonly string[];
  /** How many rows the answer has, where it is a page. */
  readonly rows?: number;
  /** In words, for the documentation. */
  readonly outcome: string;
}

const SAVE = `mutation ($input: UpsertICPInput!) {
  upsertICP(input: $input) { icp { id } userErrors { field code message } issues { code message } }
}`;
const save = (app: TestApp, input: object = {}) => app.send(SAVE, { input: { externalUserId: "u1", ...input } });

const page = (field: string) => `{ page: ${field} { nodes { __typename } issues { code message } } }`;
const list = (app: TestApp, first: number, providers = "") =>
  app.send(page(`recommendations(externalUserId: "u1", first: ${String(first)} ${providers})`));
const companies = (app: TestApp, first: number) => app.send(page(`companies(first: ${String(first)})`));
const network = (app: TestApp) => app.send(page("networkRecommendations(first: 10)"));
const similar = (app: TestApp, first: number) =>
  app.send(page(`similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: ${String(first)})`));

const DAY_USED_UP = { "x-daily-requests-left": "0" };
const HOUR_MS = 3_600_000;

const SURFE_CASES: readonly CaseRow[] = [
  {
    provider: "SURFE",
    name: "has forgotten the profile (404)",
    prepare: async (app) => {
      await save(app);
      app.surfe.control.failNext({ kind: "status", status: 404 });
    },
    ask: (app) => list(app, 3),
    code: null,
    calls: ["fetch", "icp", "fetch"],
    rows: 3,
    outcome: "The profile is sent again, once, and the list goes on.",
  },
  {
    provider: "SURFE",
    name: "answers a profile with 204, or another 2xx without JSON",
    prepare: (app) => {
      app.surfe.control.failNext({ kind: "status", status: 204 });
    },
    ask: (app) => save(app),
    code: null,
    calls: ["icp"],
    outcome: "The profile is saved.",
  },
  {
    provider: "SURFE",
    name: "is down while a profile is saved",
    prepare: (app) => {
      app.surfe.control.failAlways({ kind: "status", status: 500 });
    },
    ask: (app) => save(app),
    code: "PROVIDER_UNAVAILABLE",
    message: "The profile is saved here, and is sent before the next fetch.",
    calls: ["icp", "icp", "icp"],
    outcome: "The profile is saved here, `issues` say so, and it is sent before the next fetch.",
  },
  {
    provider: "SURFE",
    name: "was down while the profile was saved, and is back",
    prepare: async (app) => {
      app.surfe.control.failNext({ kind: "status", status: 401 });
      await save(app);
    },
    ask: (app) => list(app, 3),
    code: null,
    calls: ["icp", "fetch"],
    rows: 3,
    outcome: "The profile is sent, then its list is fetched.",
  },
  {
    provider: "SURFE",
    name: "refuses a value of a profile (400)",
    ask: (app) => save(app, { companies: { industries: ["Alchemy"] } }),
    code: "PROVIDER_REJECTED_REQUEST",
    message: 'companies.industries: does not know "Alchemy"',
    calls: ["icp"],
    outcome: "Nothing is saved; `userErrors` have Surfe's words, each at the field that they name.",
  },
  {
    provider: "SURFE",
    name: "has nobody for a profile",
    prepare: (app) => save(app, { companies: { employeeCount: { from: 900_000_000 } } }),
    ask: (app) => list(app, 3, "providers: [SURFE]"),
    code: "PROVIDER_CANNOT_SERVE",
    message: "its filters may be too restrictive",
    calls: ["fetch"],
    rows: 0,
    outcome: "An empty page, whose issue says to relax the filters.",
  },
];

const LUSHA_CASES: readonly CaseRow[] = [
  {
    provider: "LUSHA",
    name: "says that no call is left today, and not until when",
    prepare: async (app) => {
      app.lusha.control.failNext({
        kind: "altered",
        alter: (answer) => ({ ...answer, headers: DAY_USED_UP }),
      });
      await similar(app, 5);
    },
    ask: (app) => similar(app, 10),
    code: "PROVIDER_RATE_LIMITED",
    message: "its own rate limit is reached",
    calls: [],
    rows: 5,
    outcome: "No call for an hour.",
  },
  {
    provider: "LUSHA",
    name: "said an hour ago that no call is left today",
    prepare: async (app) => {
      app.lusha.control.failNext({
        kind: "altered",
        alter: (answer) => ({ ...answer, headers: DAY_USED_UP }),
      });
      await similar(app, 5);
    },
    ask: (app, pass) => {
      pass(HOUR_MS);
      return similar(app, 10);
    },
    code: null,
    calls: ["companies"],
    rows: 10,
    outcome: "One call goes as a probe.",
  },
  {
    provider: "LUSHA",
    name: "no longer continues a set of at most 100 rows (404, 410)",
    prepare: async (app) => {
      await similar(app, 5);
      app.lusha.control.expireSessions();
    },
    ask: (app) => similar(app, 10),
    code: null,
    calls: ["companies", "companies"],
    rows: 10,
    outcome: "The set is begun again, with the recorded rows in `exclude`.",
  },
];

const LINKUP_CASES: readonly CaseRow[] = [
  {
    provider: "LINKUP",
    name: "says that the LinkedIn session has expired (403)",
    prepare: (app) => {
      app.linkup.control.expireToken("sandbox");
    },
    ask: (app) => network(app),
    code: "PROVIDER_CREDENTIALS_REJECTED",
    message: "Log in again",
    calls: ["recommendations"],
    outcome: "The message says to log in again.",
  },
  {
    provider: "LINKUP",
    name: "says that the key or the plan has expired (403)",
    prepare: (app) => {
      app.linkup.control.failNext({
        kind: "status",
        status: 403,
        body: { status: "error", message: "Your subscription has expired" },
      });
    },
    ask: (app) => network(app),
    code: "PROVIDER_CREDENTIALS_REJECTED",
    message: "LINKUP_API_KEY",
    calls: ["recommendations"],
    outcome: "The message names the key, not the session.",
  },
];

/** Answers that come after the operation's time was up. */
const LATE: Pick<CaseRow, "name" | "options"> = {
  name: "has not answered when the operation's time is up (`OPERATION_TIMEOUT_MS`)",
  options: { env: { OPERATION_TIMEOUT_MS: "1000" } },
};

const LATE_CASES: readonly CaseRow[] = [
  {
    ...LATE,
    provider: "LINKUP",
    prepare: (app) => {
      app.linkup.control.failNext({ kind: "delay", ms: 1_500 });
    },
    ask: (app) => network(app),
    code: "PROVIDER_OUTCOME_UNKNOWN",
    message: "OPERATION_TIMEOUT_MS",
    calls: ["recommendations"],
    outcome: "What was reached is served. The call goes on, is paid, and its rows are recorded.",
  },
  {
    ...LATE,
    provider: "LETRICS",
    prepare: (app) => {
      app.letrics.control.failNext({ kind: "delay", ms: 1_500 });
    },
    ask: (app) => companies(app, 3),
    code: "PROVIDER_UNAVAILABLE",
    message: "OPERATION_TIMEOUT_MS",
    calls: ["companies"],
    outcome: "What was reached is served.",
  },
];

const LETRICS_CASES: readonly CaseRow[] = [
  {
    provider: "LETRICS",
    name: "gives at most 50 rows a page, whatever `per_page` asks for",
    options: { letrics: { companies: 400, maxPerPage: 50 } },
    ask: (app) => companies(app, 100),
    code: null,
    calls: ["companies", "companies"],
    rows: 100,
    outcome: "`total` and `meta.per_page` count, so the list goes on.",
  },
  {
    provider: "LETRICS",
    name: "is asked for a world region",
    options: { letrics: { companies: 400 } },
    prepare: (app) => save(app, { companies: { primaryLocations: ["W-EMEA"] } }),
    ask: (app) => list(app, 3, "providers: [LETRICS]"),
    code: null,
    calls: ["companies"],
    rows: 3,
    outcome: "The region goes out as its countries.",
  },
  {
    provider: "LETRICS",
    name: "answers 200 with rows and `errors`",
    prepare: (app) => {
      app.letrics.control.failNext({
        kind: "altered",
        alter: ({ body, ...answer }) => ({
          ...answer,
          body: { ...(body as object), errors: [{ id: "invalid_input", code: 400, details: "functions: unknown" }] },
        }),
      });
    },
    ask: (app) => companies(app, 3),
    code: "PROVIDER_REJECTED_REQUEST",
    message: "invalid_input: functions: unknown",
    calls: ["companies"],
    rows: 3,
    outcome: "The rows are served, and `issues` have Letrics' words.",
  },
];

const CLIENT_CASES: readonly CaseRow[] = [
  {
    provider: null,
    name: "asks for recommendations of a user who has no profile",
    ask: (app) => list(app, 3),
    code: "PROFILE_NOT_FOUND",
    message: "Save one with upsertICP first.",
    calls: [],
    outcome: "Nobody is asked.",
  },
  {
    provider: null,
    name: "asks a provider that cannot serve the profile",
    prepare: (app) => save(app),
    ask: (app) => list(app, 3, "providers: [LINKUP]"),
    code: "PROVIDER_CANNOT_SERVE",
    message: "LinkUp",
    calls: [],
    outcome: "Nobody is asked; the message says what is missing.",
  },
  {
    provider: null,
    name: "gives `UK` for a country",
    ask: (app) => save(app, { people: { countries: ["UK"] } }),
    code: "BAD_USER_INPUT",
    message: "The United Kingdom is GB.",
    calls: [],
    outcome: "Nothing is saved; the message says `GB`.",
  },
  {
    provider: null,
    name: "gives an enum a value that it does not have",
    ask: (app) => app.send(page("networkRecommendations(country: DE)")),
    code: "GRAPHQL_VALIDATION_FAILED",
    message: "It takes US, UK, FR.",
    calls: [],
    outcome: "The message lists the values that there are.",
  },
  {
    provider: null,
    name: "sends filters of Surfe's that nest too deeply, or are too large",
    ask: (app) => save(app, { surfe: { text: "x".repeat(20_000) } }),
    code: "BAD_USER_INPUT",
    message: "surfe takes at most 16384 bytes of JSON.",
    calls: [],
    outcome: "Nothing is saved or sent.",
  },
];

export const CASE_TABLE: readonly CaseRow[] = [
  ...SURFE_CASES,
  ...LUSHA_CASES,
  ...LINKUP_CASES,
  ...LETRICS_CASES,
  ...LATE_CASES,
  ...CLIENT_CASES,
];
