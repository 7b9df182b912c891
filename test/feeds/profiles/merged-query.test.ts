import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "../../../src/domain/json-object";
import { isOfProfile, mergedQuery } from "../../../src/feeds/profiles/merged-query";
import { ANYBODY } from "../../support/surfe-stack";

const withSurfe = (surfe: JsonObject) => ({ ...ANYBODY, surfe });
const QUERY = mergedQuery(withSurfe({ companies: { technologies: ["b", "a"] }, limit: 1 }), ["SURFE"]);

describe("isOfProfile", () => {
  it("knows a profile by its own filters too, whatever the order of their names", () => {
    const same = withSurfe({ limit: 1, companies: { technologies: ["b", "a"] } });
    expect(isOfProfile(QUERY, same)).toBe(true);
  });

  it.each([
    ANYBODY,
    withSurfe({ limit: 1 }),
    withSurfe({ companies: { technologies: ["a", "b"] }, limit: 1 }),
    withSurfe({ companies: { technologies: ["b", "a"] }, limit: 2 }),
  ])("takes no other for it: %j", (criteria) => {
    expect(isOfProfile(QUERY, criteria)).toBe(false);
  });
});
