import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error";
import { readConfiguration } from "../../src/wiring/configuration";

const FORMATS =
  "takes the path of a JSON file: an object of texts by their ids, as Relay and GraphQL Code Generator write it, or " +
  "an apollo-persisted-query-manifest of version 1";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tributary-operations-"));
  file = join(directory, "operations.json");
});

afterEach(() => rmSync(directory, { recursive: true }));

function read(content: unknown) {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return readConfiguration({ PERSISTED_OPERATIONS_FILE: file }).persistedOperations;
}

describe("PERSISTED_OPERATIONS_FILE", () => {
  it("is none unless it is set", () => {
    expect(readConfiguration({}).persistedOperations).toBeNull();
  });

  it("is read as texts by their ids, in their order", () => {
    expect(
      read({ f97305753709: "query A { icps { totalCount } }", "sha256:caf0": "{ providers { provider } }" }),
    ).toEqual([
      { id: "f97305753709", text: "query A { icps { totalCount } }" },
      { id: "sha256:caf0", text: "{ providers { provider } }" },
    ]);
  });

  it("is read as Apollo's manifest, and with a byte order mark", () => {
    const operations = [{ id: "dc67510", name: "A", type: "query", body: "query A { icps { totalCount } }" }];
    const manifest = { format: "apollo-persisted-query-manifest", version: 1, operations };
    expect(read(`\uFEFF${JSON.stringify(manifest)}`)).toEqual([{ id: "dc67510", text: operations[0]?.body }]);
  });

  it.each([
    ["no JSON", "query A { icps { totalCount } }", FORMATS],
    ["nothing", "", FORMATS],
    ["a list", [{ id: "a", text: "{ a }" }], FORMATS],
    ["a text that is none", { a: { text: "{ a }" } }, FORMATS],
    ["an empty text", { a: "" }, FORMATS],
    ["an empty id", { "": "{ a }" }, FORMATS],
    ["another version", { format: "apollo-persisted-query-manifest", version: 2, operations: [] }, FORMATS],
    ["another format", { format: "other", version: 1, operations: [{ id: "a", body: "{ a }" }] }, FORMATS],
    [
      "an operation without a body",
      { format: "apollo-persisted-query-manifest", version: 1, operations: [{ id: "a" }] },
      FORMATS,
    ],
    ["no operation", {}, "its file holds no operation; unset, every operation runs"],
    [
      "an id twice",
      {
        format: "apollo-persisted-query-manifest",
        version: 1,
        operations: [
          { id: "a", body: "{ a }" },
          { id: "a", body: "{ b }" },
        ],
      },
      "its file holds two operations with the same id",
    ],
  ])("is refused where it holds %s", (_, content, problem) => {
    expect(() => read(content)).toThrow(new ConfigError([`PERSISTED_OPERATIONS_FILE: ${problem}`]));
  });

  it("is refused where it cannot be read, together with what else is wrong", () => {
    expect(() => readConfiguration({ PORT: "x", PERSISTED_OPERATIONS_FILE: directory })).toThrow(
      new ConfigError([
        "PORT: takes a whole number, from 0 to 65535",
        "PERSISTED_OPERATIONS_FILE: its file cannot be read (EISDIR)",
      ]),
    );
  });
});
