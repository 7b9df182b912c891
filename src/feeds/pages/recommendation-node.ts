import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import type { Reason, RecommendationContent } from "../../domain/recommendation";
import { recommendationId } from "../../relay/global-id";
import type { RecommendationNode } from "../nodes";
import { plainReader, type Row } from "./row-reader";

/** Rows never change, so a node is made once, as long as its subject reads the same. */
const made = new WeakMap<Row["item"], RecommendationNode>();

/** Rows of a provider's own list: each holds all that is told of it. */
export const providerListReader = plainReader((row) => {
  const known = made.get(row.item);
  if (known?.subject === row.subject) return known;
  const node = toRecommendationNode(row, []);
  made.set(row.item, node);
  return node;
});

/** A row as the graph serves it. @param others what other providers said of the same subject, oldest first. */
export function toRecommendationNode(
  { feed, item, subject }: Row,
  others: readonly RecommendationContent[],
): RecommendationNode {
  const { content } = item;
  if (content === null) throw new Error("a row that was found, not recommended");
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
