import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  compareKeys,
  entityKey,
  parseEntityKey,
  strongestKey,
  unnamedKey,
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
    "Person:linkedin:a\ud800",
    `Person:linkedin:${"a".repeat(257)}`,
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
    expect(() => strongestKey([])).toThrow(new RangeError("an entity needs at least one key"));
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

describe("entityKey", () => {
  it.each(["", "a\0b", "a\nb", "\ud800", "x".repeat(257)])("gives %j a value that can be read back", (value) => {
    const key = entityKey("Company", "lusha", value);
    expect(key).toMatch(/^Company:lusha:[0-9a-f]{32}$/);
    expect(parseEntityKey(Buffer.from(key).toString())?.key).toBe(key);
    expect(entityKey("Company", "lusha", value)).toBe(key);
  });

  it.each(["urn:li:(é💥)", "x".repeat(256), "💥".repeat(256)])("keeps %j as it is", (value) => {
    expect(entityKey("Person", "linkup", value)).toBe(`Person:linkup:${value}`);
    expect(parseEntityKey(entityKey("Person", "linkup", value))?.value).toBe(value);
  });
});

describe("unnamedKey", () => {
  it("is the same for the same words of the same provider, and another for others", () => {
    const key = unnamedKey("Person", "SURFE", ["Jane", null, "CEO"]);
    expect(key).toMatch(/^Person:unnamed:[0-9a-f]{32}$/);
    expect(unnamedKey("Person", "SURFE", ["Jane", null, "CEO"])).toBe(key);
    expect(unnamedKey("Person", "SURFE", ["Jane", "CEO", null])).not.toBe(key);
    expect(unnamedKey("Person", "LUSHA", ["Jane", null, "CEO"])).not.toBe(key);
  });
});
