import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  anonymousKey,
  compareKeys,
  entityKey,
  parseEntityKey,
  strongestKey,
  type EntityKey,
} from "../../src/domain/entity-key";

const domain = entityKey("Company", "domain", "acme.com");
const linkedin = entityKey("Company", "linkedin", "acme");
const surfe = entityKey("Company", "surfe", "42");
const lusha = entityKey("Company", "lusha", "42");

describe("parseEntityKey", () => {
  it("reads a key back, colons and all", () => {
    expect(parseEntityKey("Person:linkedin:a:b c")).toEqual({
      kind: "Person",
      space: "linkedin",
      value: "a:b c",
      key: "Person:linkedin:a:b c",
    });
  });

  it.each([
    "",
    "Company",
    "Company:domain",
    "Company:domain:",
    "Robot:domain:acme.com",
    "Company:Domain:acme.com",
    "Person:linkedin:a\0b",
  ])("takes %j for none", (text) => {
    expect(parseEntityKey(text)).toBeNull();
  });
});

describe("strongestKey", () => {
  it("prefers the domain, then LinkedIn, then providers' ids by code unit", () => {
    expect(strongestKey([surfe, lusha, linkedin, domain])).toBe(domain);
    expect(strongestKey([surfe, lusha, linkedin])).toBe(linkedin);
    expect(strongestKey([surfe, lusha])).toBe(lusha);
  });

  it("does not depend on the order of the keys", () => {
    const keys = fc.constantFrom<EntityKey>(domain, linkedin, surfe, lusha, entityKey("Company", "domain", "acme.de"));
    fc.assert(
      fc.property(fc.array(keys, { minLength: 1 }), (some) => {
        expect(strongestKey([...some].reverse())).toBe(strongestKey(some));
      }),
    );
  });

  it("throws where there is none", () => {
    expect(() => strongestKey([])).toThrow(new RangeError("an entity without a key"));
  });
});

describe("compareKeys", () => {
  it("orders any two keys, and equal ones not at all", () => {
    expect([compareKeys(lusha, surfe), compareKeys(surfe, lusha), compareKeys(surfe, surfe)]).toEqual([-1, 1, 0]);
  });

  it("takes what is no key for a weak one", () => {
    expect(compareKeys("?" as EntityKey, linkedin)).toBeGreaterThan(0);
  });
});

describe("anonymousKey", () => {
  it("is the same for the same words, and another for others", () => {
    const key = anonymousKey("Person", "surfe", ["Jane", null, "CEO"]);
    expect(key).toMatch(/^Person:surfe:[0-9a-f]{32}$/);
    expect(anonymousKey("Person", "surfe", ["Jane", null, "CEO"])).toBe(key);
    expect(anonymousKey("Person", "surfe", ["Jane", "CEO", null])).not.toBe(key);
  });
});
