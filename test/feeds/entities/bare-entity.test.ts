import { describe, expect, it } from "@jest/globals";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import { bareCompany, barePerson } from "../../../src/feeds/entities/bare-entity";

describe("bareCompany", () => {
  it.each([
    [entityKey("Company", "domain", "acme.com"), { domain: "acme.com" }],
    [entityKey("Company", "linkedin", "acme"), { linkedinUrl: "https://www.linkedin.com/company/acme" }],
    [entityKey("Company", "lusha", "42"), {}],
    ["?" as EntityKey, {}],
  ])("knows of %s its name alone", (key, known) => {
    expect(bareCompany(key)).toEqual({
      ...UNKNOWN_COMPANY,
      id: Buffer.from(key).toString("base64url"),
      kind: "Company",
      key,
      keys: [key],
      sources: [],
      ...known,
    });
  });
});

describe("barePerson", () => {
  it.each([
    [entityKey("Person", "linkedin", "jane"), { linkedinUrl: "https://www.linkedin.com/in/jane" }],
    [entityKey("Person", "lusha", "8"), {}],
    ["?" as EntityKey, {}],
  ])("knows of %s their name alone", (key, known) => {
    expect(barePerson(key)).toEqual({
      ...UNKNOWN_PERSON,
      id: Buffer.from(key).toString("base64url"),
      kind: "Person",
      key,
      keys: [key],
      employer: null,
      sources: [],
      ...known,
    });
  });
});
