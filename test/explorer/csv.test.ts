import { describe, expect, it } from "@jest/globals";
import { csvOf } from "../../examples/explorer/spending/csv";

describe("csvOf", () => {
  it("has a line of names, and null as nothing", () => {
    expect(csvOf(["a", "b"], [{ b: -1.5, a: null, c: "left out" }])).toBe("a,b\r\n,-1.5\r\n");
  });

  it("quotes what would end a field", () => {
    expect(csvOf(["a"], [{ a: `say "no", or\nnot` }])).toBe(`a\r\n"say ""no"", or\nnot"\r\n`);
  });

  it.each(["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])("lets no spreadsheet take %j for a formula", (a) => {
    expect(csvOf(["a"], [{ a }]).replaceAll('"', "")).toBe(`a\r\n'${a}\r\n`);
  });
});
