import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { PROVIDER_NAMES, PROVIDERS } from "../../src/domain/provider";

const src = join(__dirname, "../../src");
const NAMES = new RegExp([...PROVIDERS, ...Object.values(PROVIDER_NAMES)].join("|"), "i");

/** Where providers are named: their folders, their simulators, the wiring; migrations say what a database had. */
const MAY_NAME = [
  /^providers\/(?!http|descriptor)/,
  /^sandbox\//,
  /^store\/migrations\//,
  /^domain\/provider\.ts$/,
  /^wiring\//,
];

/**
 * Files that name a provider because the contract does, in a type, a field or a description. `UpsertICPInput.surfe` has that name
 * in a profile too.
 */
const CONTRACT = [
  "feeds/profiles/merged-query.ts",
  "feeds/profiles/profile-input.ts",
  "graphql/company/company-reference.input.ts",
  "graphql/company/company.queries.ts",
  "graphql/company/company.resolver.ts",
  "graphql/icp/icp-node.ts",
  "graphql/icp/icp.mutations.ts",
  "graphql/icp/icp.queries.ts",
  "graphql/icp/icp.resolver.ts",
  "graphql/icp/icp.type.ts",
  "graphql/icp/profile-options.type.ts",
  "graphql/icp/upsert-icp.type.ts",
  "graphql/person/person-reference.input.ts",
  "graphql/person/person.queries.ts",
  "graphql/person/person.resolver.ts",
  "graphql/recommendation/recommendation.queries.ts",
  "graphql/recommendation/recommendation.type.ts",
];

/** Whether a file names a provider outside its comments. */
function namesProvider(path: string): boolean {
  const text = readFileSync(join(src, path), "utf8");
  if (!NAMES.test(text)) return false;
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ES2023, experimentalDecorators: true };
  return NAMES.test(ts.transpileModule(text, { compilerOptions }).outputText);
}

describe("the files of src", () => {
  it("name a provider in its folder, its simulator, the lists and the graph's contract only", () => {
    const files = readdirSync(src, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => relative(src, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
    const others = files.filter((file) => !MAY_NAME.some((place) => place.test(file)) && namesProvider(file));
    expect(others.sort()).toEqual(CONTRACT);
  });
});
