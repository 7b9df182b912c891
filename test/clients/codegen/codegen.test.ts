import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Provider } from "../documents/graphql";
import { startTestApp, type TestApp } from "../../support/test-app";
import { diagnosticsOf } from "./diagnostics";
import { RecommendationList, recommendationList } from "./recommendation-list";

describe("a frontend with the client preset", () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startTestApp({ surfe: { companies: 3 }, now: () => new Date("2026-11-20T12:00:00.000Z") });
    await app.send('mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }');
  });
  afterEach(() => app.stop());

  it("shows what its documents ask for, and what could not be had", async () => {
    const whole = await app.query(RecommendationList, { user: "u1", first: 2 });
    expect(recommendationList(whole.data)).toEqual([
      "Surfe, 50 people, 85/100",
      "Canopy Pharma, 8695 people, 75/100",
      "more",
    ]);
    const providers = ["SURFE", "LUSHA"] satisfies Provider[];
    const partial = await app.query(RecommendationList, { user: "u1", providers, first: 2 });
    expect(recommendationList(partial.data)).toEqual([
      "Surfe, 50 people, 85/100",
      "Canopy Pharma, 8695 people, 75/100",
      "without LUSHA: PROVIDER_NOT_CONFIGURED",
      "more",
    ]);
  });
});

const RIGHT = `
  import { useFragment } from "../documents";
  import { RecommendationCardFragmentDoc, type RecommendationListQuery } from "../documents/graphql";
  import type { RecommendationListQueryVariables } from "../documents/graphql";
  import { recommendationCard } from "./recommendation-card";
  declare const query: RecommendationListQuery;
  export const variables: RecommendationListQueryVariables = { user: "u1", first: 2 };
  export const row = query.recommendations?.edges[0]?.node;
  export const card = row && recommendationCard(row);
  export const score = row && useFragment(RecommendationCardFragmentDoc, row).score;
`;

describe("npm run check:types", () => {
  it("refuses what a document does not promise", () => {
    expect(
      diagnosticsOf({
        right: RIGHT,
        masked: `${RIGHT} export const wrong = row?.score;`,
        unasked: `${RIGHT} export const wrong = query.recommendations?.totalCount;`,
        nullable: `${RIGHT} export const wrong = query.recommendations.edges;`,
        misspelt: `${RIGHT} export const wrong: RecommendationListQueryVariables = { user: "u1", fist: 2 };`,
        unlike: `${RIGHT} export const wrong = recommendationCard({ id: "1" });`,
      }),
    ).toEqual({
      right: [],
      masked: [expect.stringContaining("Property 'score' does not exist on type '{ id: string; }")],
      unasked: [expect.stringContaining("Property 'totalCount' does not exist")],
      nullable: ["'query.recommendations' is possibly 'null'."],
      misspelt: [expect.stringContaining("Did you mean to write 'first'?")],
      unlike: [
        expect.stringContaining("'id' does not exist in type '{ ' $fragmentRefs'?: { RecommendationCardFragment"),
      ],
    });
  });
});
