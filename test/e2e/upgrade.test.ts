import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readReleased, restoreReleased, type ReleasedDatabase } from "../support/released-database";
import { temporaryFolder } from "../support/server-process";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";
import { newPostgresUrl } from "../support/test-database";

const KIND = globalThis.DATABASE ?? "sqlite";
const RELEASED = join(__dirname, "released");
const NOW = new Date("2026-11-30T12:00:00Z");

const SAVE = `mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`;
const FIRST = `{ recommendations(first: 2, externalUserId: "u1") { edges { cursor node { score company { id name people(first: 1) { nodes { fullName } } } } } } }`;
const AFTER = `query ($after: String) { recommendations(first: 9, after: $after, externalUserId: "u1") {
  nodes { score company { id name domain } } pageInfo { hasNextPage } } }`;
const KEPT = `{ icps(first: 9) { nodes { id externalUserId } } spending { credits calls } }`;

/** A database as a release left it, and what that release answered. */
interface Release extends ReleasedDatabase {
  readonly cursor: string;
  readonly answers: readonly unknown[];
}

let folder: ReturnType<typeof temporaryFolder>;
let app: TestApp | null = null;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  await app?.stop();
  app = null;
  folder.remove();
});

function newUrl(): Promise<string> {
  return KIND === "postgres" ? newPostgresUrl() : Promise.resolve(`file:${join(folder.path, "tributary.db")}`);
}

/** The answers without the cursors, which are sealed anew each time. */
async function answersOf(from: TestApp, cursor: string): Promise<readonly unknown[]> {
  const answers = [await from.send(FIRST), await from.send(AFTER, { after: cursor }), await from.send(KEPT)];
  return answers.map((answer) => JSON.parse(JSON.stringify(answer).replaceAll(/"cursor":"[^"]*",?/g, "")) as unknown);
}

/** Writes what the program of now leaves, when it is released: `npm run release:files`. */
async function write(path: string): Promise<void> {
  const databaseUrl = await newUrl();
  const writer = await startTestApp({ databaseUrl, now: () => NOW, surfe: { companies: 4 } });
  await writer.send(SAVE);
  const { data } = await writer.send(FIRST);
  const { edges } = (data as { recommendations: { edges: { cursor: string }[] } }).recommendations;
  const cursor = edges[0]?.cursor ?? "";
  await writer.send(AFTER, { after: cursor });
  const answers = await answersOf(writer, cursor);
  await writer.stop();
  writeFileSync(path, `${JSON.stringify({ ...(await readReleased(databaseUrl)), cursor, answers }, null, 1)}\n`);
}

describe(`a released database, ${KIND}`, () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };
  const own = join(RELEASED, `${version}.${KIND}.json`);

  it("is kept of this version", async () => {
    if (process.env["WRITE_RELEASED"]) await write(own);
    expect(existsSync(own)).toBe(true);
  });

  it.each(readdirSync(RELEASED).filter((name) => name.endsWith(`.${KIND}.json`)))(
    "goes forward, and what it has is served without a call: %s",
    async (name) => {
      const release = JSON.parse(readFileSync(join(RELEASED, name), "utf8")) as Release;
      const databaseUrl = await newUrl();
      await restoreReleased(databaseUrl, release);
      app = await startTestApp({ databaseUrl, now: () => NOW, losesAnswers: true, losesCharges: true });
      expect(await answersOf(app, release.cursor)).toEqual(release.answers);
      expect(callsOf(app.surfe)).toEqual([]);
    },
  );
});
