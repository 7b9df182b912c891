import type { Reason } from "../domain/recommendation";
import { recommendationId } from "../relay/global-id";
import type { FeedItem } from "./feed-store";
import type { EntityNode, RecommendationNode } from "./nodes";

/** Rows never change, so a node is made once, as long as its subject reads the same. */
const made = new WeakMap<FeedItem, RecommendationNode>();

/** A recorded row of feed `feedId`, as the graph serves it. */
export function toRecommendationNode(feedId: string, item: FeedItem, subject: EntityNode): RecommendationNode {
  const known = made.get(item);
  if (known?.subject === subject) return known;
  const node = makeNode(feedId, item, subject);
  made.set(item, node);
  return node;
}

function makeNode(feedId: string, item: FeedItem, subject: EntityNode): RecommendationNode {
  const { content } = item;
  if (content === null) throw new Error("a row that was found, not recommended");
  const { provider, reasons, generatedAt, people } = content;
  const id = recommendationId(feedId, item.position);
  return {
    kind: "Recommendation",
    id,
    subject,
    person: subject.kind === "Person" ? subject : null,
    provider,
    providers: [provider],
    reasons,
    score: highestScore(reasons),
    generatedAt,
    recordedAt: item.recordedAt,
    contacts: people,
  };
}

function highestScore(reasons: readonly Reason[]): number | null {
  let highest: number | null = null;
  for (const { score } of reasons) if (score !== null && (highest === null || score > highest)) highest = score;
  return highest;
}
