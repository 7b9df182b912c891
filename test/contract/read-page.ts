import type { Simulator } from "../../src/sandbox/simulator/simulator";
import type { GraphError, TestApp } from "../support/test-app";

/** A page of any connection, as far as a provider's rules show in it. `ids` are the provider's own. */
export interface ReadPage {
  readonly ids: readonly (string | null)[];
  readonly issues: readonly { readonly code: string; readonly message: string; readonly retryAfter: string | null }[];
  readonly totalCount: number | null;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
  readonly cursors: readonly string[];
}

interface Entity {
  readonly sources: readonly { readonly provider: string; readonly providerId: string | null }[];
}

interface Connection {
  readonly issues: ReadPage["issues"];
  readonly totalCount: number | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly cursor: string; readonly node: Entity & { readonly subject?: Entity } }[];
}

const SOURCES = "sources { provider providerId }";
const SUBJECT = `subject { ... on Company { ${SOURCES} } ... on Person { ${SOURCES} } }`;

type Headers = Readonly<Record<string, string>>;

/** @param field with its arguments, e.g. `companies(first: 3)`. @throws {Error} where there are errors. */
export async function readPage(app: TestApp, field: string, headers?: Headers): Promise<ReadPage> {
  const { data, errors } = await send(app, field, headers);
  const { page } = (data ?? {}) as { readonly page?: Connection | null };
  if (errors || !page) throw new Error(JSON.stringify(errors));
  return {
    ids: page.edges.map(({ node }) => (node.subject ?? node).sources[0]?.providerId ?? null),
    cursors: page.edges.map(({ cursor }) => cursor),
    issues: page.issues,
    totalCount: page.totalCount,
    ...page.pageInfo,
  };
}

/** The code, message and `retryAfter` of the one error that reading a page comes to. */
export async function failPage(app: TestApp, field: string, headers?: Headers): Promise<ReadPage["issues"][number]> {
  const { errors } = await send(app, field, headers);
  const [error] = errors ?? [];
  if (!error) throw new Error("there is no error");
  const { code, retryAfter } = error.extensions;
  return { code, message: error.message, retryAfter: typeof retryAfter === "string" ? retryAfter : null };
}

function send(
  app: TestApp,
  field: string,
  headers?: Headers,
): Promise<{ readonly data: unknown; readonly errors?: readonly GraphError[] }> {
  const isSearch = /^(companies|people)\b/.test(field);
  const text = `{
    page: ${field} {
      totalCount
      issues { code message retryAfter }
      pageInfo { hasNextPage endCursor }
      edges { cursor node { ${isSearch ? SOURCES : SUBJECT} } }
    }
  }`;
  return app.send(text, undefined, headers);
}

/** The body of every call, in the order of arrival. */
export function bodiesOf({ control }: Simulator): readonly unknown[] {
  return control.calls().map(({ body }) => body);
}

/** What the server's ledger says of a provider. */
export async function spentAt(app: TestApp, provider: string): Promise<number | undefined> {
  const { data } = await app.send("{ providers { provider creditsSpent } }");
  const { providers } = data as { readonly providers: readonly { provider: string; creditsSpent: number }[] };
  return providers.find((one) => one.provider === provider)?.creditsSpent;
}
