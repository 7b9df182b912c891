import { describe, expect, it } from "@jest/globals";
import { toCompanyItem, toContactItem } from "../../../src/providers/letrics/letrics.records";
import { readCompany, readContact } from "../../../src/providers/letrics/letrics.wire";

function companies(rows: readonly object[]) {
  return rows
    .map(readCompany)
    .flatMap((row) => (row ? [toCompanyItem(row)] : []))
    .map(({ records }) => records.map(({ keys }) => keys));
}

function contacts(rows: readonly object[]) {
  return rows
    .map(readContact)
    .flatMap((row) => (row ? [toContactItem(row)] : []))
    .map(({ records }) => records.map(({ keys }) => keys));
}

const UNNAMED = /^(Company|Person):unnamed:[0-9a-f]{32}$/;

describe("a company of Letrics'", () => {
  it("is named by domain, page and id; an empty id is none", () => {
    const named = { id: 7, domain: "https://www.acme.com/", linkedin_url: "linkedin.com/company/Acme" };
    expect(companies([named, { ...named, id: "" }])).toEqual([
      [["Company:domain:acme.com", "Company:linkedin:acme", "Company:letrics:7"]],
      [["Company:domain:acme.com", "Company:linkedin:acme"]],
    ]);
  });

  it("is none but itself where nothing names it", () => {
    const [one, other, again] = companies([{ name: "Acme" }, { name: "Acme", location: "Paris" }, { name: "Acme" }]);
    expect(one).toEqual([[expect.stringMatching(UNNAMED)]]);
    expect(other).not.toEqual(one);
    expect(again).toEqual(one);
  });
});

describe("a contact of Letrics'", () => {
  it("is named by profile and id, or by all that is said", () => {
    const company = { id: 7 };
    expect(contacts([{ id: 8, linkedin_url: "linkedin.com/in/JANE", company }])).toEqual([
      [["Person:linkedin:jane", "Person:letrics:8"], ["Company:letrics:7"]],
    ]);
    const [one, other] = contacts([
      { first_name: "Jane", company },
      { first_name: "Jane", country: "France", company },
    ]);
    expect(one).toEqual([[expect.stringMatching(UNNAMED)], ["Company:letrics:7"]]);
    expect(other).not.toEqual(one);
  });

  it("does not share with another a company of which only the name is told", () => {
    const [one, other] = contacts([
      { id: 8, company: { name: "Acme" } },
      { id: 9, company: { name: "Acme" } },
    ]);
    expect(one?.[1]).toEqual([expect.stringMatching(UNNAMED)]);
    expect(other?.[1]).not.toEqual(one?.[1]);
  });
});
