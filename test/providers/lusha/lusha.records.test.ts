import { describe, expect, it } from "@jest/globals";
import {
  toCompanyRow,
  toContactRow,
  toLookalikeCompanyRow,
  toLookalikePersonRow,
} from "../../../src/providers/lusha/lusha.records";
import { readCompany, readContact, readLookalike } from "../../../src/providers/lusha/lusha.wire";

/** The keys of every record of a row, subject first. */
function keysOf({ item }: { readonly item: { readonly records: readonly { readonly keys: readonly string[] }[] } }) {
  return item.records.map(({ keys }) => keys);
}

function company(row: object) {
  const wire = readCompany(row);
  return wire && keysOf(toCompanyRow(wire));
}

function contact(row: object) {
  const wire = readContact(row);
  return wire && keysOf(toContactRow(wire));
}

function lookalikes(of: "companies" | "contacts", rows: readonly object[]) {
  const toRow = of === "companies" ? toLookalikeCompanyRow : toLookalikePersonRow;
  return rows.map((row) => {
    const wire = readLookalike(row);
    return wire && keysOf(toRow(wire));
  });
}

const UNNAMED = /^(Company|Person):unnamed:[0-9a-f]{32}$/;

describe("a company of Lusha's", () => {
  it("is named by its fqdn and its id, a number or not", () => {
    expect(company({ companyId: 42, fqdn: "WWW.Acme.com" })).toEqual([["Company:domain:acme.com", "Company:lusha:42"]]);
    expect(company({ companyId: "42", fqdn: "linktr.ee" })).toEqual([["Company:lusha:42"]]);
  });

  it("is none but itself where nothing names it", () => {
    const [one, other, again] = lookalikes("companies", [
      { name: "Acme", industry: "Retail" },
      { name: "Acme" },
      { name: "Acme", industry: "Retail" },
    ]);
    expect(one).toEqual([[expect.stringMatching(UNNAMED)]]);
    expect(other).not.toEqual(one);
    expect(again).toEqual(one);
  });
});

describe("a contact of Lusha's", () => {
  it("is named by their id, and reaches their company by its id", () => {
    const row = { personId: 8, companyId: 42, name: "Jane", companyName: "Acme" };
    expect(contact(row)).toEqual([["Person:lusha:8"], ["Company:lusha:42"]]);
    expect(contact({ ...row, companyId: null })).toEqual([["Person:lusha:8"]]);
    expect(contact({ ...row, personId: "", companyId: "" })).toEqual([[expect.stringMatching(UNNAMED)]]);
  });

  it("does not share with another a company of which only the name is told", () => {
    const [one, other] = lookalikes("contacts", [
      { contactId: "8", firstName: "Jane", company: { name: "Acme" } },
      { firstName: "John", company: { name: "Acme" } },
    ]);
    expect(one).toEqual([["Person:lusha:8"], [expect.stringMatching(UNNAMED)]]);
    expect(other).toEqual([[expect.stringMatching(UNNAMED)], [expect.stringMatching(UNNAMED)]]);
    expect(other?.[1]).not.toEqual(one?.[1]);
  });
});
