import { describe, expect, it } from "@jest/globals";
import { checkExtraFilters } from "../../src/domain/extra-filters";

function check(given: Record<string, unknown> | null | undefined) {
  const told: string[] = [];
  const filters = checkExtraFilters(["surfe"], given, (field, message) => told.push(`${field.join(".")}: ${message}`));
  return { filters, told };
}

/** A text of so many bytes as JSON, its object included. */
const ofBytes = (bytes: number) => ({ a: "é".repeat((bytes - 8) / 2) });

function nested(levels: number): Record<string, unknown> {
  let value: Record<string, unknown> = {};
  for (let level = 1; level < levels; level += 1) value = level % 2 === 0 ? { a: [value] } : { a: value };
  return value;
}

describe("checkExtraFilters", () => {
  it.each([[null], [undefined], [{}], [{ companies: {} }], [{ companies: {}, people: {} }]])(
    "finds no filters in %j",
    (given) => {
      expect(check(given)).toEqual({ filters: null, told: [] });
    },
  );

  it("takes filters as they are given, whatever their values are", () => {
    const given = {
      companies: { technologies: ["b", "a", "b"], yearFounded: { from: 1990 }, industries2: null },
      people: { jobChangePeriodInDays: 90 },
      exclude: [{ domains: ["a.com"] }, 1.5, true],
    };
    expect(check(given)).toEqual({ filters: given, told: [] });
  });

  it("copies them, as plain objects without what is not set", () => {
    const literal = Object.assign(Object.create(null) as object, { people: { a: undefined, b: 1 } });
    const { filters } = check(literal);
    expect(filters).toStrictEqual({ people: { b: 1 } });
  });

  it("refuses parts that are no objects, and what has a field of its own", () => {
    expect(check({ companies: ["React"], people: null }).told).toEqual([
      "surfe.companies: surfe.companies takes an object.",
      "surfe.people: surfe.people takes an object.",
    ]);
    expect(
      check({ externalUserId: "u2", companies: { industries: [], revenue: 1, a: 1 }, people: { seniorities: null } })
        .told,
    ).toEqual([
      "surfe.externalUserId: surfe.externalUserId has a field of its own: give it as externalUserId.",
      "surfe.companies.industries: surfe.companies.industries has a field of its own: give it as companies.industries.",
      "surfe.companies.revenue: surfe.companies.revenue has a field of its own: give it as companies.revenue.",
      "surfe.people.seniorities: surfe.people.seniorities has a field of its own: give it as people.seniorities.",
    ]);
  });

  it("takes so many bytes of JSON, and no more", () => {
    expect(check(ofBytes(16_384)).told).toEqual([]);
    expect(check(ofBytes(16_386))).toEqual({
      filters: null,
      told: ["surfe: surfe takes at most 16384 bytes of JSON."],
    });
  });

  it("takes eight levels, and no more, however many there are", () => {
    const tooDeep = { filters: null, told: ["surfe: surfe takes at most 8 levels of objects and lists."] };
    expect(check({ a: [[[[[[[]]]]]]] }).told).toEqual([]);
    expect(check({ a: [[[[[[[[]]]]]]]] })).toEqual(tooDeep);
    expect(check(nested(100_000))).toEqual(tooDeep);
  });

  it("refuses what JSON has no word for, and the name of an object's prototype", () => {
    expect(check({ a: [Infinity] }).told).toEqual(["surfe: surfe holds a number that is too large."]);
    const told = ["surfe: surfe takes no key `__proto__`."];
    expect(check(JSON.parse(`{ "a": { "__proto__": { "industries": [] } } }`) as object as never).told).toEqual(told);
    expect(check(JSON.parse(`{ "__proto__": 1 }`) as object as never).told).toEqual(told);
    expect(Object.prototype).not.toHaveProperty("industries");
  });
});
