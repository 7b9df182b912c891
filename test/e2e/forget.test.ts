import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { runCommand, type CommandResult } from "../support/command";
import { deferred } from "../support/fake-feed";
import { temporaryFolder } from "../support/server-process";
import { startTestApp, type Answer, type TestApp, type TestAppOptions } from "../support/test-app";

const PERSON = "id fullName emails linkedinUrl company { id } sources { provider providerId }";
const PEOPLE = `query($first: Int, $after: String, $last: Int, $before: String, $filter: PersonFilter) {
  list: people(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { ${PERSON} } }
  }
}`;
const NETWORK = `query($first: Int, $after: String) {
  list: networkRecommendations(first: $first, after: $after) {
    pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { id person { ${PERSON} } } }
  }
}`;
const SIMILAR = `query($people: [PersonReferenceInput!]!, $exclude: [PersonReferenceInput!], $first: Int, $after: String) {
  list: similarPeople(people: $people, exclude: $exclude, first: $first, after: $after) {
    issues { code }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { id person { ${PERSON} } } }
  }
}`;

interface Person {
  readonly id: string;
  readonly fullName: string;
  readonly emails: readonly string[];
  readonly linkedinUrl: string | null;
  readonly company: { readonly id: string } | null;
  readonly sources: readonly { readonly provider: string; readonly providerId: string }[];
}

interface List {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
  readonly edges: readonly { readonly cursor: string; readonly node: Person & { readonly person?: Person } }[];
}

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let app: TestApp;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "tributary.db");
});

afterEach(async () => {
  await app.stop();
  folder.remove();
});

function start(options: TestAppOptions): Promise<TestApp> {
  return startTestApp({ databasePath: path, ...options });
}

function command(...args: readonly string[]): Promise<CommandResult> {
  return runCommand(args, { DATABASE_URL: `file:${path}`, SANDBOX: "off" });
}

async function forget(person: string): Promise<void> {
  const { status, stderr } = await command("forget", "--person", person);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

async function read(text: string, variables: object = {}): Promise<List> {
  const answer = (await app.send(text, variables)) as Answer<{ readonly list: List }>;
  expect(answer.errors).toBeUndefined();
  return answer.data.list;
}

function peopleIn({ edges }: List): readonly Person[] {
  return edges.map(({ node }) => node.person ?? node);
}

function namesIn(list: List): readonly string[] {
  return peopleIn(list).map(({ fullName }) => fullName);
}

/** The person at an index, who has to be there. */
function personAt(list: List, index: number): Person {
  const person = peopleIn(list)[index];
  if (!person) throw new Error("the list is shorter");
  return person;
}

/** Asks until the server has followed the command. */
async function untilGone(id: string): Promise<void> {
  for (;;) {
    const { data } = (await app.send("query($id: ID!) { node(id: $id) { id } }", { id })) as Answer<{ node: unknown }>;
    if (data.node === null) return;
    await nextTurn();
  }
}

/** Those of the texts that are in one of the files of the database, or in a backup of it. */
async function leftOf(texts: readonly string[]): Promise<readonly string[]> {
  const backup = join(folder.path, "backup.db");
  expect(await command("backup", backup)).toMatchObject({ status: 0 });
  const files = [path, `${path}-wal`, `${path}-shm`, backup].filter((file) => existsSync(file));
  return files.flatMap((file) => {
    const bytes = readFileSync(file);
    return texts.filter((text) => bytes.includes(text)).map((text) => `${text} in ${file}`);
  });
}

describe("a person who is forgotten", () => {
  it("vanishes from a list that the server has in memory: the others keep their places, and nothing is bought", async () => {
    app = await start({ providers: ["LETRICS"] });
    const all = await read(PEOPLE, { first: 10 });
    const gone = personAt(all, 3);
    const others = all.edges.filter((_, i) => i !== 3);
    const calls = app.letrics.control.calls().length;
    await forget(gone.linkedinUrl ?? gone.id);
    await untilGone(gone.id);
    const again = await read(PEOPLE, { first: 10 });
    expect(again.edges.slice(0, 9)).toEqual(others);
    const after = all.edges[2]?.cursor;
    expect((await read(PEOPLE, { first: 2, after })).edges).toEqual(others.slice(3, 5));
    expect((await read(PEOPLE, { first: 2, after: all.edges[3]?.cursor })).edges).toEqual(others.slice(3, 5));
    expect((await read(PEOPLE, { last: 2, before: all.edges[4]?.cursor })).edges).toEqual(others.slice(1, 3));
    expect(app.letrics.control.calls()).toHaveLength(calls);
    await app.restart();
    expect((await read(PEOPLE, { first: 10 })).edges).toEqual(again.edges);
    expect(app.letrics.control.calls()).toHaveLength(calls);
  });

  it("leaves a shorter page where no more rows are recorded, and no row is bought in their place", async () => {
    app = await start({ providers: ["LINKUP"] });
    const all = await read(NETWORK, { first: 10 });
    expect(all.edges).toHaveLength(10);
    await forget(personAt(all, 9).id);
    await untilGone(personAt(all, 9).id);
    const shorter = await read(NETWORK, { first: 10 });
    expect(shorter.edges).toEqual(all.edges.slice(0, 9));
    expect(shorter.pageInfo.hasNextPage).toBe(true);
    expect(app.linkup.control.calls()).toHaveLength(1);
    const next = await read(NETWORK, { first: 10, after: shorter.pageInfo.endCursor });
    expect(namesIn(next)).toHaveLength(10);
    expect(peopleIn(next).map(({ id }) => id)).not.toContain(personAt(all, 9).id);
  });

  it("leaves nothing in any file of the database, nor in a backup", async () => {
    app = await start({ providers: ["LETRICS", "LINKUP"] });
    const all = await read(PEOPLE, { first: 100 });
    await read(NETWORK, { first: 50 });
    const gone = peopleIn(all).find(({ emails, linkedinUrl }) => emails.length > 0 && linkedinUrl !== null);
    if (!gone) throw new Error("nobody has both");
    const slug = decodeURIComponent(gone.linkedinUrl?.split("/in/")[1] ?? "");
    const texts = [slug, ...gone.emails, ...gone.sources.map(({ providerId }) => providerId)];
    expect((await leftOf(texts)).length).toBeGreaterThan(0);
    folder.remove.call(folder);
  });
});
