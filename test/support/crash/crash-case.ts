import type { Provider } from "../../../src/domain/provider";
import { startLetricsSimulator } from "../../../src/sandbox/letrics/letrics-simulator";
import { startLinkUpSimulator } from "../../../src/sandbox/linkup/linkup-simulator";
import { startLushaSimulator } from "../../../src/sandbox/lusha/lusha-simulator";
import type { Answer } from "../../../src/sandbox/simulator/faults";
import type { Simulator, SimulatorControl } from "../../../src/sandbox/simulator/simulator";
import { startSurfeSimulator } from "../../../src/sandbox/surfe/surfe-simulator";

/** A simulator that says what it charged. */
export type ChargingSimulator = Simulator<SimulatorControl & { charged(): number }>;

/** A list of one provider, read page by page. */
export interface CrashCase {
  readonly provider: Provider;
  start(): Promise<ChargingSimulator>;
  /** Sent first; `null`: nothing. */
  readonly before: string | null;
  /** The list, from a cursor on. */
  readonly page: string;
  /** The rows of a page: as many as one call brings, so that each page is a call. */
  readonly rows: number;
  /** Whether its calls may be repeated free of charge, so that nothing is left unsettled. */
  readonly isSafe: boolean;
}

const ROWS = "nodes { id } pageInfo { endCursor }";

export const CRASH_CASES: readonly CrashCase[] = [
  {
    provider: "SURFE",
    start: () => startSurfeSimulator({ rateLimit: null }),
    before: "mutation { upsertICP(input: {}) { icp { id } } }",
    page: `query($first: Int!, $after: String) { page: recommendations(first: $first, after: $after) { ${ROWS} } }`,
    rows: 2,
    isSafe: true,
  },
  {
    provider: "LUSHA",
    start: () => startLushaSimulator({ rateWindows: {} }),
    before: null,
    page: `query($first: Int!, $after: String) {
      page: similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: $first, after: $after) { ${ROWS} }
    }`,
    rows: 5,
    isSafe: false,
  },
  {
    provider: "LINKUP",
    start: () => startLinkUpSimulator({ callsPerMinute: null }),
    before: null,
    page: `query($first: Int!, $after: String) { page: networkRecommendations(first: $first, after: $after) { ${ROWS} } }`,
    rows: 10,
    isSafe: false,
  },
  {
    provider: "LETRICS",
    start: () => startLetricsSimulator(),
    before: null,
    page: `query($first: Int!, $after: String) { page: companies(first: $first, after: $after) { ${ROWS} } }`,
    rows: 25,
    isSafe: true,
  },
];

/**
 * The same lists with answers of some hundred bytes: rows have only the fields by which they are known. The simulators charge and
 * remember as ever, so what a server has to do is the same.
 */
export const SHORT_CRASH_CASES: readonly CrashCase[] = CRASH_CASES.map((crashCase): CrashCase => {
  switch (crashCase.provider) {
    case "SURFE":
      return withFields(crashCase, "/v2/recommendations/fetch", [
        ...["companies", "domain", "people", "linkedinUrl", "recommendation", "id", "pagination", "hasMore"],
      ]);
    case "LUSHA":
      return crashCase;
    case "LINKUP":
      return withFields(crashCase, "/v1/network/recommendations", ["data", "recommendations", "profile_url"]);
    case "LETRICS":
      return withFields(
        { ...crashCase, start: () => startLetricsSimulator({ maxPerPage: 5 }), rows: 5 },
        "/companies",
        ["data", "id", "domain", "linkedin_url", "meta", "page", "per_page", "total"],
      );
  }
});

/** Leaves all other fields out of the answers to calls to a path. */
function withFields(crashCase: CrashCase, path: string, fields: readonly string[]): CrashCase {
  const alter = ({ body, ...answer }: Answer): Answer => ({
    ...answer,
    body: JSON.parse(JSON.stringify(body, [...fields])) as unknown,
  });
  const start = async (): Promise<ChargingSimulator> => {
    const simulator = await crashCase.start();
    simulator.control.failAlways({ kind: "altered", path, alter });
    return simulator;
  };
  return { ...crashCase, start };
}

/** The variables of a server that calls one simulator. */
export function environmentOf(provider: Provider, simulatorUrl: string): Readonly<Record<string, string>> {
  return {
    [`${provider}_API_KEY`]: "sandbox",
    [`${provider}_BASE_URL`]: simulatorUrl,
    [`${provider}_RATE_PER_SECOND`]: "10000",
    [`${provider}_BURST`]: "10000",
    ...(provider === "LINKUP" ? { LINKUP_LOGIN_TOKEN: "sandbox" } : {}),
  };
}

/** A page of a list, as ids and a cursor. */
export interface ReadPage {
  readonly ids: readonly string[];
  readonly endCursor: string;
}

interface PageAnswer {
  readonly data?: {
    readonly page?: {
      readonly nodes: readonly { readonly id: string }[];
      readonly pageInfo: { readonly endCursor: string };
    };
  };
}

/** Sends a document to a server; `null`: it died. */
export async function send(url: string, query: string, variables: object = {}): Promise<unknown> {
  const body = JSON.stringify({ query, variables });
  const headers = { "content-type": "application/json" };
  return fetch(url, { method: "POST", headers, body })
    .then((response) => response.json())
    .catch(() => null);
}

/** Reads one page; `null`: the server died. @throws the server answered otherwise. */
export async function readPage(url: string, { page, rows }: CrashCase, after: string | null): Promise<ReadPage | null> {
  const answer = await send(url, page, { first: rows, after });
  if (answer === null) return null;
  const read = (answer as PageAnswer).data?.page;
  if (!read) throw new Error(`no page came: ${JSON.stringify(answer)}`);
  return { ids: read.nodes.map(({ id }) => id), endCursor: read.pageInfo.endCursor };
}
