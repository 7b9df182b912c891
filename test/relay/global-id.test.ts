import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { entityKey } from "../../src/domain/entity-key";
import { entityId, icpId, parseGlobalId, recommendationId } from "../../src/relay/global-id";

const UUID = "01234567-89ab-4cde-8f01-23456789abcd";

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url");
}

describe("parseGlobalId", () => {
  it("reads back what the others wrote", () => {
    const acme = entityKey("Company", "domain", "acme.com");
    const jane = entityKey("Person", "linkedin", "jané");
    expect([entityId(acme), entityId(jane), icpId(UUID), recommendationId(UUID, 12)].map(parseGlobalId)).toEqual([
      { kind: "Company", key: "Company:domain:acme.com" },
      { kind: "Person", key: "Person:linkedin:jané" },
      { kind: "ICP", id: UUID },
      { kind: "Recommendation", feedId: UUID, position: 12 },
    ]);
  });

  it("reads back every entity key and every position of nine digits at most", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Company", "Person"),
        fc.string({ unit: "grapheme", minLength: 1 }),
        (kind, value) => {
          const key = entityKey(kind, "linkedin", value);
          expect(parseGlobalId(entityId(key))).toEqual({ kind, key });
        },
      ),
    );
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 999_999_999 }), (feedId, position) => {
        expect(parseGlobalId(recommendationId(feedId, position))).toEqual({ kind: "Recommendation", feedId, position });
      }),
    );
  });

  it("gives the same entity the same id everywhere", () => {
    expect(entityId(entityKey("Company", "domain", "acme.com"))).toBe("Q29tcGFueTpkb21haW46YWNtZS5jb20");
  });

  it.each([
    "",
    "acme",
    "Company:domain:acme.com",
    "Q29tcGFueTpkb21haW46YWNtZS5jb20=",
    " Q29tcGFueTpkb21haW46YWNtZS5jb20",
    encoded("Company:domain:"),
    encoded("ICP:1"),
    encoded(`ICP:${UUID.toUpperCase()}`),
    encoded(`ICP:${UUID}:`),
    encoded(`Recommendation:${UUID}`),
    encoded(`Recommendation:${UUID}:-1`),
    encoded(`Recommendation:${UUID}:01`),
    encoded(`Recommendation:${UUID}:00`),
    encoded(`Recommendation:${UUID}:`),
    encoded(`recommendation:${UUID}:1`),
    encoded("Robot:domain:acme.com"),
    Buffer.concat([Buffer.from("Company:domain:"), Buffer.of(0xff)]).toString("base64url"),
    encoded(`Recommendation:${UUID}:1e3`),
    encoded(`Recommendation:${UUID}:9999999999`),
  ])("takes %j for none", (id) => {
    expect(parseGlobalId(id)).toBeNull();
  });
});
