import { describe, expect, it } from "@jest/globals";
import { entityKey } from "../../src/domain/entity-key";
import type { Reason } from "../../src/domain/recommendation";
import { bareCompany, barePerson } from "../../src/feeds/bare-entity";
import type { FeedItem } from "../../src/feeds/feed-store";
import { toRecommendationNode } from "../../src/feeds/recommendation-node";
import { NOW } from "../support/fake-feed";

const FEED = "01234567-89ab-4cde-8f01-23456789abcd";
const company = bareCompany(entityKey("Company", "domain", "acme.com"));
const person = barePerson(entityKey("Person", "linkedin", "jane"));

function reason(score: number | null): Reason {
  return { provider: "SURFE", type: "X", title: null, shortDescription: null, description: null, score };
}

function itemWith(reasons: readonly Reason[]): FeedItem {
  return {
    position: 3,
    subject: company.key,
    content: { provider: "SURFE", generatedAt: NOW, reasons, people: [person.key] },
    recordedAt: NOW,
  };
}

describe("toRecommendationNode", () => {
  it("shows a recorded row", () => {
    const reasons = [reason(40)];
    expect(toRecommendationNode(FEED, itemWith(reasons), company)).toEqual({
      kind: "Recommendation",
      id: Buffer.from(`Recommendation:${FEED}:3`).toString("base64url"),
      subject: company,
      person: null,
      provider: "SURFE",
      providers: ["SURFE"],
      reasons,
      score: 40,
      generatedAt: NOW,
      recordedAt: NOW,
      contacts: [person.key],
    });
  });

  it("names the person where one is recommended", () => {
    expect(toRecommendationNode(FEED, itemWith([]), person).person).toBe(person);
  });

  it.each([
    [[], null],
    [[null], null],
    [[null, 10, 90, null, 50], 90],
    [[0, null], 0],
  ])("scores %j as %p", (scores, highest) => {
    expect(toRecommendationNode(FEED, itemWith(scores.map(reason)), company).score).toBe(highest);
  });

  it("refuses a row that was found, not recommended", () => {
    expect(() => toRecommendationNode(FEED, { ...itemWith([]), content: null }, company)).toThrow(
      "a row that was found, not recommended",
    );
  });
});
