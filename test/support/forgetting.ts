import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "@jest/globals";
import { runCommand, type CommandResult } from "./command";
import { temporaryFolder } from "./server-process";
import { startTestApp, type Answer, type TestApp, type TestAppOptions } from "./test-app";
import { newPostgresUrl } from "./test-database";

export const PERSON = "id fullName emails linkedinUrl company { id } sources { provider providerId }";
const LIST = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } issues { code }";

/** Lists of people, under one name, so that they read alike. */
export const PEOPLE = `query($first: Int, $after: String, $last: Int, $before: String, $filter: PersonFilter) {
  list: people(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    ${LIST} edges { cursor node { ${PERSON} } }
  }
}`;
export const NETWORK = `query($first: Int, $after: String, $last: Int, $before: String) {
  list: networkRecommendations(first: $first, after: $after, last: $last, before: $before) {
    ${LIST} edges { cursor node { id person { ${PERSON} } } }
  }
}`;
export const SIMILAR = `query(
  $people: [PersonReferenceInput!]!, $exclude: [PersonReferenceInput!], $first: Int, $after: String, $last: Int, $before: String
) {
  list: similarPeople(people: $people, exclude: $exclude, first: $first, after: $after, last: $last, before: $before) {
    ${LIST} edges { cursor node { id person { ${PERSON} } } }
  }
}`;

export interface Person {
  readonly id: string;
  readonly fullName: string | null;
  readonly emails: readonly string[];
  readonly linkedinUrl: string | null;
  readonly company: { readonly id: string } | null;
  readonly sources: readonly { readonly provider: string; readonly providerId: string | null }[];
}

export interface List {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly issues: readonly { readonly code: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: Person & { readonly person?: Person } }[];
}

/** A server, and commands beside it on the same database. */
export interface ForgettingApp {
  readonly app: TestApp;
  /** The file of the database; in the jest project of PostgreSQL there is none. */
  readonly path: string;
  readonly folder: string;
  readonly command: (...args: readonly string[]) => Promise<CommandResult>;
  /** Forgets a person, and waits until the server has followed. */
  readonly forget: (person: Pick<Person, "id">) => Promise<void>;
  /** Waits until the server knows nobody by that id any more. */
  readonly untilFollowed: (person: Pick<Person, "id">) => Promise<void>;
  readonly read: (text: string, variables?: object) => Promise<List>;
  /** The data of an answer without errors. */
  readonly ask: <Data>(text: string, variables?: object) => Promise<Data>;
  readonly stop: () => Promise<void>;
}

export async function startForgettingApp(options: TestAppOptions): Promise<ForgettingApp> {
  const folder = temporaryFolder();
  const path = join(folder.path, "tributary.db");
  const databaseUrl = globalThis.DATABASE === "postgres" ? await newPostgresUrl() : `file:${path}`;
  // A call that takes long on a busy machine is not to be repeated: it would be one call more, with another answer.
  const env = { LETRICS_TIMEOUT_MS: "300000", ...options.env };
  const app = await startTestApp({ databaseUrl, ...options, env });
  const command = (...args: readonly string[]): Promise<CommandResult> =>
    runCommand(args, { DATABASE_URL: databaseUrl, SANDBOX: "off" });
  const ask = async <Data>(text: string, variables: object = {}): Promise<Data> => {
    const answer = (await app.send(text, variables)) as Answer<Data>;
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const untilFollowed = async ({ id }: Pick<Person, "id">): Promise<void> => {
    const isThere = async (): Promise<boolean> =>
      (await ask<{ readonly node: unknown }>("query($id: ID!) { node(id: $id) { id } }", { id })).node !== null;
    while (await isThere()) await nextTurn();
  };
  return {
    app,
    path,
    folder: folder.path,
    command,
    ask,
    read: async (text, variables) => (await ask<{ readonly list: List }>(text, variables)).list,
    forget: async ({ id }) => {
      const { status, stderr } = await command("forget", "--person", id);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      await untilFollowed({ id });
    },
    untilFollowed,
    stop: async () => {
      await app.stop();
      folder.remove();
    },
  };
}

export function peopleIn({ edges }: Pick<List, "edges">): readonly Person[] {
  return edges.map(({ node }) => node.person ?? node);
}

export function idsIn(list: Pick<List, "edges">): readonly string[] {
  return peopleIn(list).map(({ id }) => id);
}

/** The person at an index, who has to be there. */
export function personAt(list: Pick<List, "edges">, index: number): Person {
  const person = peopleIn(list)[index];
  if (!person) throw new Error("the list is shorter");
  return person;
}
