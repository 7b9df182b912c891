import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { COMPANY_PREFERENCE, PERSON_PREFERENCE, type ProviderOrder } from "../../src/domain/preference";
import { PROVIDER_NAMES } from "../../src/domain/provider";

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

function rowsOf(preference: Readonly<Record<string, ProviderOrder>>): readonly (readonly string[])[] {
  return Object.entries(preference).map(([field, order]) => [
    `\`${field}\``,
    order.map((provider) => PROVIDER_NAMES[provider]).join(", "),
  ]);
}

describe("docs/identity.md", () => {
  it("has the orders of preference that the code has", () => {
    expect(rowsUnder("company")).toEqual(rowsOf(COMPANY_PREFERENCE));
    expect(rowsUnder("person")).toEqual(rowsOf(PERSON_PREFERENCE));
  });
});
