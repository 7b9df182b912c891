import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import config from "./relay.config.json";

const COMPILER = require.resolve("relay-compiler/cli.js");
const DOCUMENTS = join(__dirname, "documents");

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** A frontend's folder: its documents, our schema. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "relay-"));
  await cp(join(__dirname, config.schema), join(folder, "schema.graphql"));
  await cp(DOCUMENTS, join(folder, "documents"), {
    recursive: true,
    filter: (path) => !path.endsWith("__generated__"),
  });
  await writeFile(join(folder, "relay.config.json"), JSON.stringify({ ...config, schema: "./schema.graphql" }));
});
afterEach(() => rm(folder, { recursive: true }));

function compile(): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMPILER, "--noWatchman"], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

/** Every file of a folder, by its name. */
async function filesIn(path: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(path);
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, string]> => [name, await readFile(join(path, name), "utf8")]),
    ),
  );
}

describe("relay-compiler", () => {
  it("takes the schema and the documents, and writes what the other tests run", async () => {
    const { code, output } = await compile();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("Compilation completed.") });
    const written = await filesIn(join(folder, "documents", "__generated__"));
    expect([...written.keys()].sort()).toEqual([
      "CompanyPanelRefetchQuery.graphql.ts",
      "CompanyPanel_company.graphql.ts",
      "IcpListPageQuery.graphql.ts",
      "IcpListQuery.graphql.ts",
      "IcpListSaveMutation.graphql.ts",
      "IcpList_query.graphql.ts",
      "IcpRecommendationsPageQuery.graphql.ts",
      "IcpRecommendationsQuery.graphql.ts",
      "IcpRecommendations_icp.graphql.ts",
      "RecommendationListPageQuery.graphql.ts",
      "RecommendationListQuery.graphql.ts",
      "RecommendationList_query.graphql.ts",
    ]);
    expect(written).toEqual(await filesIn(join(DOCUMENTS, "__generated__")));
  });

  it.each([
    {
      what: "a list that is no connection",
      document: `fragment Wrong_query on Query { providers @connection(key: "Wrong_providers") { creditUnit } }`,
      says: "@connection used on invalid field 'providers'",
    },
    {
      what: "a page that cannot be read again: its type is no node",
      document: `fragment Wrong_location on Location @refetchable(queryName: "WrongQuery") { country }`,
      says: "Invalid use of @refetchable on fragment 'Wrong_location'",
    },
    {
      what: "an edge that there is not",
      document: `mutation WrongMutation($connections: [ID!]!) { upsertICP(input: {}) {
        icp @appendNode(connections: $connections, edgeTypeName: "IcpEdge") { id } } }`,
      says: "'IcpEdge' does not refer to a known object type",
    },
  ])("refuses $what", async ({ document, says }) => {
    await writeFile(join(folder, "documents", "wrong.ts"), `graphql\`${document}\`;`);
    const { code, output } = await compile();
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(says) });
  });
});
