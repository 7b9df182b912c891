import { once } from "node:events";
import { Agent, request, type ClientRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** A list of one tenant that is read and extended all the time. */
export interface ChaosList {
  readonly name: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The field, without `first` and `after`. */
  readonly field: string;
  readonly args: string;
  /** Saves the profile that the list is for; `null`: it is for none. */
  readonly before: string | null;
  /** The rows as the answers agreed on them so far, and the cursor after each. */
  readonly ids: string[];
  readonly cursors: string[];
  /** Rows that came with another id later. They agree if both ids are of one company: what is known of it may have become more. */
  readonly changed: ChangedRow[];
}

interface ChangedRow {
  readonly place: number;
  readonly was: string;
  readonly is: string;
}

export const CHAOS_TENANTS = ["acme", "globex"] as const;

/** More rows than this are not asked for. */
export const MOST_ROWS = 120;

const INDUSTRIES = [
  "Software",
  "Retail",
  "Biotechnology",
  "Insurance",
  "Construction",
  "Telecommunications",
  "Banking",
];
const IN_TURN = { profiles: 10, similar: 8, networks: 5, searches: 7 };

export function keyOf(tenant: string): string {
  return `${tenant}-key`;
}

/** The LinkedIn sessions of all lists. */
export const LOGIN_TOKENS: readonly string[] = CHAOS_TENANTS.flatMap((tenant) =>
  Array.from({ length: IN_TURN.networks }, (_, nth) => `${tenant}-session-${String(nth)}`),
);

/** Thirty lists of each tenant, of every provider, and merged ones. */
export function chaosLists(): readonly ChaosList[] {
  return CHAOS_TENANTS.flatMap((tenant) => [
    ...times(IN_TURN.profiles, (nth) => recommendations(tenant, nth)),
    ...times(IN_TURN.similar, (nth) =>
      list(tenant, "similarCompanies", `companies: [{ lushaCompanyId: "${String(6504 + 37 * nth)}" }]`),
    ),
    ...times(IN_TURN.networks, (nth) => ({
      ...list(tenant, "networkRecommendations", ""),
      name: `${tenant} network ${String(nth)}`,
      headers: { "x-linkup-login-token": `${tenant}-session-${String(nth)}` },
    })),
    ...times(IN_TURN.searches, (nth) =>
      list(tenant, "companies", `filter: { industries: ["${INDUSTRIES[nth] ?? ""}"] }`),
    ),
  ]);
}

/** Every second profile is one that two providers can serve. */
function recommendations(tenant: string, nth: number): ChaosList {
  const user = `externalUserId: "u${String(nth)}"`;
  const companies = nth % 2 === 0 ? "" : `, companies: { industries: ["${INDUSTRIES[nth % 7] ?? ""}"] }`;
  return {
    ...list(tenant, "recommendations", user),
    before: `mutation { upsertICP(input: { ${user}${companies} }) { icp { id } userErrors { message } } }`,
  };
}

function list(tenant: string, field: string, args: string): ChaosList {
  const name = `${tenant} ${field} ${args}`;
  return { name, key: keyOf(tenant), headers: {}, field, args, before: null, ids: [], cursors: [], changed: [] };
}

function times<T>(count: number, make: (nth: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, nth) => make(nth));
}

/** A page of a list: an answer, or why there is none. */
export type ChaosPage =
  | { readonly kind: "rows"; readonly ids: readonly string[]; readonly cursors: readonly string[] }
  | { readonly kind: "failed"; readonly codes: readonly string[] }
  /** The server died or was not there. */
  | { readonly kind: "unreachable" };

interface Answer {
  readonly data?: {
    readonly page: { readonly edges: readonly { cursor: string; node: { id: string } }[] } | null;
  } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

interface NodesAnswer {
  readonly data?: { readonly nodes: readonly ({ readonly id: string } | null)[] } | null;
}

const agent = new Agent({ keepAlive: true });

/** Sends any document for the tenant of a list; `null`: the server died or was not there. @throws the answer is not JSON. */
export async function sendFor(
  { key, headers }: ChaosList,
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const sent = request(url, {
    agent, // `fetch` takes several times the processor time, on a machine that has to do with little
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
  });
  sent.end(JSON.stringify({ query, variables }));
  const answer = await answerTo(sent).catch(() => null);
  return answer === null ? null : (JSON.parse(answer) as unknown);
}

async function answerTo(sent: ClientRequest): Promise<string> {
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return text(response);
}

/** Reads rows of a list from a place on, up to which it was read before. */
export async function readRows(list: ChaosList, url: string, from: number, first: number): Promise<ChaosPage> {
  const args = `${list.args} first: $first, after: $after`;
  const query = `query ($first: Int!, $after: String) { page: ${list.field}(${args}) { edges { cursor node { id } } } }`;
  const answer = (await sendFor(list, url, query, { first, after: list.cursors[from - 1] ?? null })) as Answer | null;
  if (answer === null) return { kind: "unreachable" };
  if (!answer.data?.page)
    return { kind: "failed", codes: (answer.errors ?? []).map(({ extensions }) => extensions.code) };
  const { edges } = answer.data.page;
  return { kind: "rows", ids: edges.map(({ node }) => node.id), cursors: edges.map(({ cursor }) => cursor) };
}

/** Remembers rows: new ones, and those that earlier answers gave another id. */
export function remember(list: ChaosList, from: number, ids: readonly string[], cursors: readonly string[]): void {
  for (const [nth, is] of ids.entries()) {
    const place = from + nth;
    const was = list.ids[place];
    if (was !== undefined && was !== is) list.changed.push({ place, was, is });
    list.ids[place] = is;
    list.cursors[place] = cursors[nth] ?? "";
  }
}

/** The rows of a list about which its answers did not agree: their ids are of different companies. */
export async function disagreementsIn(list: ChaosList, url: string): Promise<readonly string[]> {
  const disagreements: string[] = [];
  for (const { place, was, is } of list.changed) {
    const ids = JSON.stringify([was, is]);
    const answer = (await sendFor(list, url, `{ nodes(ids: ${ids}) { id } }`)) as NodesAnswer | null;
    const [first, second] = answer?.data?.nodes ?? [];
    if (!first || first.id !== second?.id)
      disagreements.push(`${list.name}: row ${String(place)} was ${was}, and is ${is}: ${JSON.stringify(answer)}`);
  }
  return disagreements;
}
