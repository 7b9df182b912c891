import { describe, expect, it } from "@jest/globals";
import { getAlpha2Codes } from "i18n-iso-countries/index";
import { countriesIn, PLACE_CODES, toCountry, toPlaceCode, WORLD_REGIONS } from "../../src/domain/country";

describe("toCountry", () => {
  it.each([
    ["France", "FR"],
    [" france ", "FR"],
    ["FR", "FR"],
    ["fr", "FR"],
    ["FRA", "FR"],
    ["fra", "FR"],
    ["FRANCE", "FR"],
    ["UK", "GB"],
    [" uk ", "GB"],
    ["GBR", "GB"],
    ["United Kingdom", "GB"],
    ["USA", "US"],
    ["United States", "US"],
    ["United States of America", "US"],
    ["Czech Republic", "CZ"],
    ["Côte d'Ivoire", "CI"],
    ["Türkiye", "TR"],
    ["South Korea", "KR"],
  ])("reads %s as %s", (text, code) => {
    expect(toCountry(text)).toBe(code);
  });

  it.each([
    ["XX", "XX"],
    ["xx", "xx"],
    ["XXX", "XXX"],
    ["nonsense", "nonsense"],
    ["__proto__", "__proto__"],
    ["W-EMEA", "W-EMEA"],
    [" Narnia ", "Narnia"],
    ["", ""],
  ])("leaves %j as it is", (text, left) => {
    expect(toCountry(text)).toBe(left);
  });
});

describe("toPlaceCode", () => {
  it.each([
    ["fr", "FR"],
    [" DE ", "DE"],
    ["w-emea", "W-EMEA"],
    ["W-LATAM", "W-LATAM"],
  ])("reads %s as %s", (text, code) => {
    expect(toPlaceCode(text)).toBe(code);
  });

  it.each(["France", "FRA", "XX", "UK", "EMEA", ""])("takes %j for no code", (text) => {
    expect(toPlaceCode(text)).toBeNull();
  });

  it("has its values told in messages", () => {
    expect(PLACE_CODES).toBe(
      "an ISO 3166 alpha-2 country code such as FR, or one of W-AF, W-AMER, W-APAC, W-EMEA, W-EU, W-LATAM, W-ME, W-NA, W-OC",
    );
  });
});

describe("countriesIn", () => {
  it("gives the countries of a region, regions in it included", () => {
    expect(countriesIn("W-NA")).toEqual(["BM", "CA", "GL", "PM", "US"]);
    expect(countriesIn("W-EMEA")).toEqual([...["W-EU", "W-ME", "W-AF"].flatMap(countriesIn)].filter(isFirst).sort());
    expect(countriesIn("W-APAC")).toEqual(expect.arrayContaining([...countriesIn("W-OC"), "JP", "IN"]));
  });

  it.each(["FR", "France", "constructor", ""])("leaves %j as it is", (place) => {
    expect(countriesIn(place)).toEqual([place]);
  });

  it("has every country but Antarctica in one of the three large regions, and nothing else in any", () => {
    const countries = Object.keys(getAlpha2Codes()).filter((code) => code !== "AQ");
    expect(["W-EMEA", "W-APAC", "W-AMER"].flatMap(countriesIn).sort()).toEqual(countries.sort());
    expect(WORLD_REGIONS.flatMap(countriesIn).filter((code) => !countries.includes(code))).toEqual([]);
  });
});

function isFirst(value: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(value) === at;
}
