import { hash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { parse, print } from "graphql";
import { KnownOperations } from "../../../src/server/operations/known-operations";
import { present } from "../../support/present";

const TEXT = "query A($id: ID!) { node(id: $id) { id } } query B { icps { totalCount } }";
const SPELLED = `# by hand\n${TEXT.replaceAll(" ", " , \n")}`;

/** As Apollo Server keeps a document that passed validation. */
async function keep(operations: KnownOperations, text: string): Promise<void> {
  await operations.documentStore.set(`schema:${hash("sha256", text)}`, parse(text));
}

describe("KnownOperations", () => {
  it("knows one operation by every spelling that was kept, and by no other", async () => {
    const operations = new KnownOperations();
    await keep(operations, TEXT);
    expect(operations.find({ text: SPELLED, operationName: "A" })).toBeNull();
    await keep(operations, SPELLED);
    const a = present(operations.find({ text: TEXT, operationName: "A" }));
    expect(operations.find({ text: SPELLED, operationName: "A" })).toBe(a);
    expect(print(a.definition)).toBe("query A($id: ID!) {\n  node(id: $id) {\n    id\n  }\n}");
    expect(await operations.documentStore.get(`schema:${hash("sha256", SPELLED)}`)).toBe(a.document);
  });

  it("tells the operations of one document apart", async () => {
    const operations = new KnownOperations();
    await keep(operations, TEXT);
    const a = present(operations.find({ text: TEXT, operationName: "A" }));
    const b = present(operations.find({ text: TEXT, operationName: "B" }));
    expect([a.key === b.key, a.document === b.document]).toEqual([false, true]);
    for (const operationName of [undefined, "C", "", "__proto__"]) {
      expect(operations.find({ text: TEXT, operationName })).toBeNull();
    }
    await keep(operations, "{ icps { totalCount } }");
    expect(operations.find({ text: "{ icps { totalCount } }", operationName: undefined })).not.toBeNull();
  });

  it("keeps no text of a request: what is ignored leaves nothing but a hash", async () => {
    const operations = new KnownOperations();
    const text = `# ${"x".repeat(255_000)}\n{ icps { totalCount } }`;
    await keep(operations, text);
    const { document } = present(operations.find({ text, operationName: undefined }));
    expect(document.loc?.source.body).toBe("{icps{totalCount}}");
  });

  it("drops the least recently asked for where there is no room", async () => {
    const operations = new KnownOperations(3 * 11_000);
    const text = (name: string) => `query ${name} { icps { totalCount pageInfo { endCursor } } }`;
    const isKnown = (name: string) => operations.find({ text: text(name), operationName: undefined }) !== null;
    for (const name of ["A", "B", "C"]) await keep(operations, text(name));
    expect(["A", "B", "C"].map(isKnown)).toEqual([true, true, true]);
    expect(isKnown("A")).toBe(true);
    await keep(operations, text("D"));
    expect(["B", "C", "A", "D"].map(isKnown)).toEqual([false, true, true, true]);
  });

  it("does not keep an operation that is large when its fragments are written out", async () => {
    const operations = new KnownOperations();
    const twice = Array.from(
      { length: 20 },
      (_, i) =>
        `fragment F${i + 1} on Company { a${i}: people { nodes { company { ...F${i} } } } b${i}: people { nodes { company { ...F${i} } } } }`,
    );
    const text = `{ company { ...F20 } } fragment F0 on Company { name } ${twice.join(" ")}`;
    await keep(operations, text);
    expect(operations.find({ text, operationName: undefined })).toBeNull();
  });
});
