import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { PROVIDER_NAMES, type Provider } from "../../src/domain/provider";
import { DESCRIPTORS, PREFERENCE } from "../../src/wiring/provider-list";

const LINES = readFileSync(join(__dirname, "../../docs/identity.md"), "utf8").split("\n");

function cellsOf(line: string): readonly string[] {
  const [, field = "", order = ""] = line.split("|").map((cell) => cell.trim());
  return [field, order];
}

/** Field and order of every row of the table with that head. */
function rowsUnder(head: string): readonly (readonly string[])[] {
  const from = LINES.findIndex((line) => cellsOf(line).join() === `${head},order`);
  return LINES.slice(from + 2, LINES.indexOf("", from)).map(cellsOf);
}

/** The order of each field, without those that never say it. */
function rowsOf(kind: "company" | "person"): readonly (readonly string[])[] {
  return Object.entries<readonly Provider[]>(PREFERENCE[kind]).map(([field, order]) => {
    const ranks = (provider: Provider): Readonly<Record<string, number | null>> => DESCRIPTORS[provider].ranks[kind];
    const names = order.filter((provider) => ranks(provider)[field] !== null).map((one) => PROVIDER_NAMES[one]);
    return [`\`${field}\``, names.join(", ")];
  });
}

describe("docs/identity.md", () => {
  it("has the orders that the providers' ranks come to", () => {
    expect(rowsUnder("company")).toEqual(rowsOf("company"));
    expect(rowsUnder("person")).toEqual(rowsOf("person"));
  });
});
