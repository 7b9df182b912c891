import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import type { Reason, RecommendationContent } from "../../domain/recommendation";
import { recommendationId } from "../../relay/global-id";
import type { RecommendationNode } from "../nodes";
import { plainReader, type Row } from "./row-reader";

/** Caches nodes by row: rows never change, so a node is valid while its subject is the same. */
const nodes = new WeakMap<Row["item"], RecommendationNode>();

/** Makes nodes of rows of a provider's own list: each row has all its data. */
export const providerListReader = plainReader((row) => {
  const known = nodes.get(row.item);
  if (known?.subject === row.subject) return known;
  const node = toRecommendationNode(row, []);
  nodes.set(row.item, node);
  return node;
});

/** The recommendation for a row. @param others recommendations of the same subject by other providers, oldest first. */
export function toRecommendationNode(
  { feed, item, subject }: Row,
  others: readonly RecommendationContent[],
): RecommendationNode {
  const { content } = item;
  if (content === null) throw new Error("a search result is no recommendation");
  const all = [content, ...others];
  const reasons = all.flatMap((said) => said.reasons);
  return {
    kind: "Recommendation",
    id: recommendationId(feed.id, item.position),
    subject,
    person: subject.kind === "Person" ? subject : null,
    provider: content.provider,
    providers: [...new Set<Provider>(all.map(({ provider }) => provider))],
    reasons,
    score: highestScore(reasons),
    generatedAt: content.generatedAt,
    recordedAt: item.recordedAt,
    providerId: all.find((said) => said.providerId !== undefined)?.providerId ?? null,
    contacts: [...new Set<EntityKey>(all.flatMap(({ people }) => people))],
  };
}

function highestScore(reasons: readonly Reason[]): number | null {
  let highest: number | null = null;
  for (const { score } of reasons) if (score !== null && (highest === null || score > highest)) highest = score;
  return highest;
}
