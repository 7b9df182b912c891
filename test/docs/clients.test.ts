import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "../../src/relay/page-args";

const DOCS = join(__dirname, "../../docs");

interface Piece {
  readonly file: string;
  readonly code: string;
}

/** Every piece of code of `docs/clients.md`, with the file that was named last. */
function pieces(): readonly Piece[] {
  const text = readFileSync(join(DOCS, "clients.md"), "utf8");
  const found = text.matchAll(/^\[`[^`]+`\]\((?<file>[^)]+)\)$|^```\w+\n(?<code>.*?)\n```$/gms);
  let file = "";
  return [...found].flatMap(({ groups = {} }) => {
    file = groups["file"] ?? file;
    return groups["code"] === undefined ? [] : [{ file, code: groups["code"] }];
  });
}

/** However deep it stands. */
function outdented(text: string): string {
  return text.replaceAll(/^ +/gm, "");
}

describe("docs/clients.md", () => {
  it("says how many rows a page has", () => {
    const sizes = `A page has ${DEFAULT_PAGE_SIZE} rows by default, and at most ${MAX_PAGE_SIZE}.`;
    expect(readFileSync(join(DOCS, "clients.md"), "utf8")).toContain(sizes);
  });

  it("shows code of each client", () => {
    expect([...new Set(pieces().map(({ file }) => file))]).toEqual([
      "../test/clients/relay/relay.config.json",
      "../test/clients/relay/environment.ts",
      "../test/clients/relay/documents/icp-recommendations.ts",
      "../test/clients/apollo/client.ts",
      "../test/clients/urql/client.ts",
      "../test/clients/codegen/recommendation-card.ts",
    ]);
  });

  it.each(pieces())("shows what is in $file", ({ file, code }) => {
    expect(outdented(readFileSync(join(DOCS, file), "utf8"))).toContain(outdented(code));
  });
});
