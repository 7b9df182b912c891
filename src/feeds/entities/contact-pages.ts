import type { ConnectionWithIssues, PersonNode, RecommendationNode } from "../nodes";

interface ServedPage {
  readonly first: unknown;
  readonly writes: number;
  readonly page: ConnectionWithIssues<PersonNode>;
}

/**
 * Caches the first page of the contacts of each recommendation. An entry is valid for the same `first`, and until entities of the
 * tenant are written; it is dropped together with its recommendation.
 */
export class ContactPages {
  readonly #served = new WeakMap<RecommendationNode, ServedPage>();

  /** @param writes the number of writes of the tenant's entities, as `Entities.writes` gives it. */
  get(node: RecommendationNode, first: unknown, writes: number): ConnectionWithIssues<PersonNode> | null {
    const served = this.#served.get(node);
    return served?.first === first && served?.writes === writes ? served.page : null;
  }

  set(node: RecommendationNode, page: ServedPage): void {
    this.#served.set(node, page);
  }
}
