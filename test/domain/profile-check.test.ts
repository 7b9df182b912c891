import { describe, expect, it } from "@jest/globals";
import {
  checkExternalUserId,
  checkPlaces,
  checkRange,
  checkTexts,
  type InputIssue,
  type Report,
} from "../../src/domain/profile-check";

function reporting<T>(check: (report: Report) => T): { readonly value: T; readonly issues: readonly InputIssue[] } {
  const issues: InputIssue[] = [];
  const value = check((field, message) => issues.push({ field, message }));
  return { value, issues };
}

describe("checkExternalUserId", () => {
  it.each([
    [undefined, null],
    [null, null],
    ["u1", "u1"],
    ["x".repeat(250), "x".repeat(250)],
  ])("takes %p", (given, value) => {
    expect(reporting((report) => checkExternalUserId(given, report))).toEqual({ value, issues: [] });
  });

  it.each(["", "  "])("refuses %j", (given) => {
    expect(reporting((report) => checkExternalUserId(given, report)).issues).toEqual([
      { field: ["externalUserId"], message: "externalUserId must not be empty; leave it out for your own profile." },
    ]);
  });

  it("refuses more than 250 characters", () => {
    expect(reporting((report) => checkExternalUserId("x".repeat(251), report)).issues).toEqual([
      { field: ["externalUserId"], message: "externalUserId takes at most 250 characters, but has 251." },
    ]);
  });
});

describe("checkRange", () => {
  const check = (range: Parameters<typeof checkRange>[1]) =>
    reporting((report) => checkRange(["companies", "revenue"], range, report));

  it.each([
    [undefined, null],
    [null, null],
    [{}, null],
    [{ from: null, to: null }, null],
    [{ from: 0 }, { from: 0, to: null }],
    [{ to: 9 }, { from: null, to: 9 }],
    [
      { from: 5, to: 5 },
      { from: 5, to: 5 },
    ],
  ])("takes %j", (range, value) => {
    expect(check(range)).toEqual({ value, issues: [] });
  });

  it.each([{ from: -1 }, { to: -1 }])("refuses %j", (range) => {
    expect(check(range).issues).toEqual([
      { field: ["companies", "revenue"], message: "companies.revenue takes numbers from 0 up." },
    ]);
  });

  it("refuses an end before the beginning", () => {
    expect(check({ from: 9, to: 5 }).issues).toEqual([
      {
        field: ["companies", "revenue"],
        message: "companies.revenue begins at 9, after its end at 5: `from` must not be greater than `to`.",
      },
    ]);
  });
});

describe("checkTexts", () => {
  const check = (values: readonly string[] | null | undefined) =>
    reporting((report) => checkTexts(["people", "jobTitles"], values, report));

  it("trims, and takes nothing for an empty list", () => {
    expect(check([" CEO ", "x".repeat(500)])).toEqual({ value: ["CEO", "x".repeat(500)], issues: [] });
    expect([check(null), check(undefined)]).toEqual([
      { value: [], issues: [] },
      { value: [], issues: [] },
    ]);
  });

  it("takes as many as 500 values", () => {
    const values = Array.from({ length: 500 }, (_, i) => `Title ${String(i)}`);
    expect(check(values)).toEqual({ value: values, issues: [] });
  });

  it("tells of everything that is wrong", () => {
    const field = ["people", "jobTitles"];
    expect(check([...Array.from({ length: 499 }, () => "CEO"), " ", "x".repeat(501)]).issues).toEqual([
      { field, message: "people.jobTitles takes at most 500 values." },
      { field, message: "people.jobTitles holds an empty value." },
      { field, message: "people.jobTitles holds a value of more than 500 characters." },
    ]);
  });
});

describe("checkPlaces", () => {
  const check = (values: readonly string[] | null) =>
    reporting((report) => checkPlaces(["people", "countries"], values, report));

  it("takes countries and world regions in any case", () => {
    expect(check(["fr", " w-emea ", "DE"])).toEqual({ value: ["FR", "W-EMEA", "DE"], issues: [] });
    expect(check(null)).toEqual({ value: [], issues: [] });
  });

  it("names those it does not know, ten at most and cut short", () => {
    const long = "x".repeat(50);
    expect(check(["FR", long, "", ...Array.from({ length: 10 }, (_, i) => `X${String(i)}`)]).issues).toEqual([
      { field: ["people", "countries"], message: "people.countries holds an empty value." },
      {
        field: ["people", "countries"],
        message: `people.countries does not know "${"x".repeat(40)}", "X0", "X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8". Each value is an ISO 3166 alpha-2 country code such as FR, or one of W-AF, W-AMER, W-APAC, W-EMEA, W-EU, W-LATAM, W-ME, W-NA, W-OC.`,
      },
    ]);
  });
});
