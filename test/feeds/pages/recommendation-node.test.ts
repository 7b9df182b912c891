import { describe, expect, it } from "@jest/globals";
import { entityKey } from "../../../src/domain/entity-key";
import type { Reason } from "../../../src/domain/recommendation";
import { bareCompany, barePerson } from "../../../src/feeds/entities/bare-entity";
import { providerListReader, toRecommendationNode } from "../../../src/feeds/pages/recommendation-node";
import type { Row } from "../../../src/feeds/pages/row-reader";
import { HEAD, NOW } from "../../support/fake-feed";
import { ACME_TENANT } from "../../support/tenants";

const company = bareCompany(entityKey("Company", "domain", "acme.com"));
const person = barePerson(entityKey("Person", "linkedin", "jane"));

function reason(score: number | null): Reason {
  return { provider: "SURFE", type: "X", title: null, shortDescription: null, description: null, score };
}

function rowWith(reasons: readonly Reason[], subject: Row["subject"] = company): Row {
  const content = { provider: "SURFE", generatedAt: NOW, reasons, people: [person.key] } as const;
  return { feed: HEAD, item: { position: 3, subject: subject.key, content, recordedAt: NOW }, subject };
}

describe("toRecommendationNode", () => {
  it("shows a recorded row", () => {
    const reasons = [reason(40)];
    expect(toRecommendationNode(rowWith(reasons), [])).toEqual({
      kind: "Recommendation",
      id: Buffer.from(`Recommendation:${HEAD.id}:3`).toString("base64url"),
      subject: company,
      person: null,
      provider: "SURFE",
      providers: ["SURFE"],
      reasons,
      score: 40,
      generatedAt: NOW,
      recordedAt: NOW,
      providerId: null,
      contacts: [person.key],
    });
  });

  it("names the person where one is recommended", () => {
    expect(toRecommendationNode(rowWith([], person), []).person).toBe(person);
  });

  it.each([
    [[], null],
    [[null], null],
    [[null, 10, 90, null, 50], 90],
    [[0, null], 0],
  ])("scores %j as %p", (scores, highest) => {
    expect(toRecommendationNode(rowWith(scores.map(reason)), []).score).toBe(highest);
  });

  it("refuses a search result is no recommendation", () => {
    const row = rowWith([]);
    expect(() => toRecommendationNode({ ...row, item: { ...row.item, content: null } }, [])).toThrow(
      "a search result is no recommendation",
    );
  });

  it("adds what others said, each provider and each contact once", () => {
    const other = entityKey("Person", "linkedin", "john");
    const said = {
      provider: "LETRICS" as const,
      generatedAt: null,
      reasons: [{ ...reason(95), provider: "LETRICS" as const }],
      people: [other, person.key],
    };
    expect(toRecommendationNode(rowWith([reason(40)]), [said, said])).toMatchObject({
      provider: "SURFE",
      providers: ["SURFE", "LETRICS"],
      score: 95,
      generatedAt: NOW,
      contacts: [person.key, other],
    });
  });
});

describe("providerListReader", () => {
  it("makes a node once, as long as its subject reads the same", async () => {
    const row = rowWith([]);
    const [node] = providerListReader.peek(ACME_TENANT, [row]);
    expect(node?.subject).toBe(company);
    expect(providerListReader.peek(ACME_TENANT, [row])[0]).toBe(node);
    expect((await providerListReader.read(ACME_TENANT, [row]))[0]).toBe(node);
    const changed = { ...row, subject: { ...company, name: "Acme" } };
    expect(providerListReader.peek(ACME_TENANT, [changed])[0]?.subject).toBe(changed.subject);
  });
});
