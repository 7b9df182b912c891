import { describe, expect, it } from "@jest/globals";
import { parse, stripIgnoredCharacters } from "graphql";
import { locationsIn } from "../../../src/server/operations/locations";

const SPELLED = `# a comment
query Q($id: ID!) {

\tnode(id: $id) { ... on Company { name(text: """
      block
        text
    """), # another\r
    x: id } }
}`;

describe("locationsIn", () => {
  it("finds each token of a document in another spelling of it", () => {
    const document = parse(stripIgnoredCharacters(SPELLED));
    const relocate = locationsIn(SPELLED, document);
    const column = (token: string) => ({ line: 1, column: stripIgnoredCharacters(SPELLED).indexOf(token) + 1 });
    expect(document.loc?.source.body.split("\n").length).toBe(3);
    expect(relocate({ line: 1, column: 1 })).toEqual({ line: 2, column: 1 });
    expect(relocate(column("$id:"))).toEqual({ line: 2, column: 9 });
    expect(relocate(column("node"))).toEqual({ line: 4, column: 2 });
    expect(relocate({ line: 3, column: 11 })).toEqual({ line: 8, column: 5 });
  });

  it("leaves locations as they are where the text is the document's own", () => {
    const location = { line: 4, column: 2 };
    expect(locationsIn(SPELLED, parse(SPELLED))(location)).toBe(location);
    expect(locationsIn(SPELLED, parse(SPELLED, { noLocation: true }))(location)).toBe(location);
  });
});
