import { describe, expect, it } from "@jest/globals";
import { toPersonItem } from "../../../src/providers/linkup/linkup.records";

const NOBODY = { name: null, subtitle: null, profile_url: null, insight: null, entity_urn: null };

function keysOf(words: object) {
  return toPersonItem({ ...NOBODY, ...words }).records[0]?.keys;
}

describe("a person of LinkUp's", () => {
  it("is named by profile and urn", () => {
    expect(keysOf({ profile_url: "https://linkedin.com/in/Jane/", entity_urn: "urn:li:(1,PYMK)" })).toEqual([
      "Person:linkedin:jane",
      "Person:linkup:urn:li:(1,PYMK)",
    ]);
  });

  it("is none but themselves where nothing names them", () => {
    const jane = { name: "Jane Doe", subtitle: "CEO", insight: "A mutual connection" };
    expect(keysOf(jane)).toEqual([expect.stringMatching(/^Person:unnamed:[0-9a-f]{32}$/)]);
    expect(keysOf({ ...jane })).toEqual(keysOf(jane));
    expect(keysOf({ ...jane, insight: null })).not.toEqual(keysOf(jane));
    expect(keysOf({ ...jane, subtitle: null })).not.toEqual(keysOf(jane));
  });
});
