import type { ConnectionWithIssues, PersonNode, RecommendationNode } from "../nodes";

interface ServedPage {
  readonly first: unknown;
  readonly writes: number;
  readonly page: ConnectionWithIssues<PersonNode>;
}

/**
 * The first page of each recommendation's contacts, as it was served last. An entry is right while `first` is the same and
 * nothing was written about the tenant's entities; it goes with its recommendation.
 */
export class ContactPages {
  readonly #served = new WeakMap<RecommendationNode, ServedPage>();

  /** @param writes how often something was written about the tenant's entities. */
  get(node: RecommendationNode, first: unknown, writes: number): ConnectionWithIssues<PersonNode> | null {
    const served = this.#served.get(node);
    return served?.first === first && served?.writes === writes ? served.page : null;
  }

  set(node: RecommendationNode, page: ServedPage): void {
    this.#served.set(node, page);
  }
}
