import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, type GraphQLSchema } from "graphql";

const released = join(__dirname, "released");

function schemaIn(path: string): GraphQLSchema {
  return buildSchema(readFileSync(path, "utf8"), { assumeValidSDL: true });
}

/** What of `next` breaks operations that are valid in `last`. */
async function breakingChanges(last: GraphQLSchema, next: GraphQLSchema): Promise<readonly string[]> {
  const changes = await diff(last, next);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message);
}

describe("the graph", () => {
  const files = readdirSync(released).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const last = join(released, files.at(-1) ?? "");

  it("breaks nothing of the last release; a breaking change needs a release of its own (docs/operations.md)", async () => {
    expect(await breakingChanges(schemaIn(last), schemaIn(join(__dirname, "../../schema.graphql")))).toEqual([]);
  });

  it("would be found to break it", async () => {
    const text = readFileSync(last, "utf8");
    const without = buildSchema(text.replace("  providers: [ProviderStatus!]!", "  others: [ProviderStatus!]!"), {
      assumeValidSDL: true,
    });
    expect(await breakingChanges(schemaIn(last), without)).toEqual([
      "Field 'providers' was removed from object type 'Query'",
    ]);
  });
});
