import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";

// Ten journeys through lists, and what they cost. The least possible is one credit for each company that was shown. With
// WRITE_DOCS=1 the table in docs/spending.md is written anew.

const DOCS = join(__dirname, "..", "..", "docs", "spending.md");
const ROWS = 300;
const DAY_MS = 86_400_000;

interface Journey {
  readonly name: string;
  readonly options?: TestAppOptions;
  readonly walk: () => Promise<unknown>;
}

let app: TestApp;
let now: number;
let shown: Set<string>;
let directory: string | null = null;

afterEach(async () => {
  await app.stop();
  if (directory !== null) await rm(directory, { recursive: true });
  directory = null;
});

interface Page {
  readonly nodes: readonly { readonly subject: { readonly id: string } }[];
  readonly pageInfo: {
    readonly endCursor: string | null;
    readonly startCursor: string | null;
    readonly hasNextPage: boolean;
  };
}

const recommendations = (user: string): string => `recommendations(externalUserId: "${user}"`;
const lookalikes = `similarCompanies(companies: [{ lushaCompanyId: "6504" }]`;

async function read(list: string, args: string): Promise<Page> {
  const text = `{ list: ${list}, ${args}) { nodes { subject { ... on Company { id } } } pageInfo { startCursor endCursor hasNextPage } } }`;
  const { data, errors } = await app.send(text);
  expect(errors).toBeUndefined();
  const page = (data as { readonly list: Page }).list;
  for (const { subject } of page.nodes) shown.add(subject.id);
  return page;
}

/** Reads on in pages of `first` until there are `rows` rows, or the list ends. */
async function readOn(list: string, first: number, rows = ROWS, after: string | null = null): Promise<string | null> {
  let cursor = after;
  for (let count = 0; count < rows; count += first) {
    const size = Math.min(first, rows - count);
    const page = await read(list, `first: ${String(size)}, after: ${JSON.stringify(cursor)}`);
    cursor = page.pageInfo.endCursor ?? cursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  return cursor;
}

async function readBack(list: string, last: number, before: string | null): Promise<void> {
  let cursor = before;
  while (cursor !== null) {
    const { pageInfo } = await read(list, `last: ${String(last)}, before: ${JSON.stringify(cursor)}`);
    cursor = pageInfo.startCursor;
  }
}

const bySize = (size: number): Journey => ({
  name: `${String(ROWS)} rows of Surfe in pages of ${String(size)}`,
  walk: () => readOn(recommendations("u1"), size),
});

const JOURNEYS: readonly Journey[] = [
  ...[5, 7, 25, 50, 100].map(bySize),
  {
    name: "100 rows of Lusha in pages of 20, and back in pages of 30",
    options: { providers: ["LUSHA"] },
    walk: async () => {
      await readBack(lookalikes, 30, await readOn(lookalikes, 20, 100));
      await readOn(lookalikes, 50, 100);
    },
  },
  {
    name: "two users of Surfe, whose lists overlap, in turns",
    walk: async () => {
      for (const user of ["u1", "u2", "u1", "u2"]) await readOn(recommendations(user), 25, user === "u1" ? 100 : 60);
    },
  },
  {
    name: "Surfe before and after a day turn, to the end",
    options: { surfe: { companies: 120 } },
    walk: async () => {
      const cursor = await readOn(recommendations("u1"), 25, 50);
      now += DAY_MS;
      await readOn(recommendations("u1"), 25, ROWS, cursor);
    },
  },
  {
    name: "a restart after every third page of Surfe",
    walk: async () => {
      let cursor: string | null = null;
      for (let round = 0; round < 4; round++) {
        cursor = await readOn(recommendations("u1"), 25, 75, cursor);
        await app.restart();
      }
      await readOn(recommendations("u1"), 100);
    },
  },
  {
    name: "fifty operations at once for different parts of one list of Surfe",
    walk: async () => {
      const sizes = Array.from({ length: 50 }, (_, i) => 10 + ((i * 37) % 91));
      await Promise.all(sizes.map((size) => read(recommendations("u1"), `first: ${String(size)}`)));
    },
  },
];

/** Walks a journey, and returns its line of the table. */
async function lineOf({ name, options, walk }: Journey): Promise<string> {
  now = Date.parse("2026-11-10T10:00:00Z");
  shown = new Set();
  directory = await mkdtemp(join(tmpdir(), "tributary-"));
  const databasePath = join(directory, "tributary.db");
  app = await startTestApp({ surfe: { companies: ROWS }, now: () => new Date(now), databasePath, ...options });
  for (const user of ["u1", "u2"]) {
    await app.send(`mutation { upsertICP(input: { externalUserId: "${user}" }) { icp { id } } }`);
  }
  await walk();
  const [provider = "SURFE"] = options?.providers ?? [];
  const spent = (provider === "LUSHA" ? app.lusha : app.surfe).control.charged();
  return `| ${name} | ${String(spent)} | ${String(shown.size)} | ${(spent / shown.size).toFixed(2)} |`;
}

const lines: string[] = [];

describe("the least possible credits", () => {
  it.each(JOURNEYS)("are what is spent on $name", async (journey) => {
    const line = await lineOf(journey);
    lines.push(line);
    expect(line).toMatch(/\| 1\.00 \|$/);
  });

  it("are in the table of docs/spending.md", () => {
    const table = ["| journey | credits | least possible | ratio |", "| --- | --- | --- | --- |", ...lines].join("\n");
    const docs = readFileSync(DOCS, "utf8");
    const [before = "", rest = ""] = docs.split("<!-- least credits -->\n");
    const [, after = ""] = rest.split("<!-- end -->");
    if (process.env["WRITE_DOCS"] === "1") {
      writeFileSync(DOCS, `${before}<!-- least credits -->\n\n${table}\n\n<!-- end -->${after}`);
    }
    const cells = (text: string): readonly string[] => text.split("\n").map((line) => line.replace(/[\s-]+/g, " "));
    expect(cells(readFileSync(DOCS, "utf8"))).toEqual(expect.arrayContaining([...cells(table)]));
  });
});
