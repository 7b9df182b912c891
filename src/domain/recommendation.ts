import type { EntityKey } from "./entity-key";
import type { Provider } from "./provider";

/** Why a provider recommends a subject. `type` is an open set; `score` is 0 to 100 where the provider gives one. */
export interface Reason {
  readonly provider: Provider;
  readonly type: string;
  readonly title: string | null;
  readonly shortDescription: string | null;
  readonly description: string | null;
  readonly score: number | null;
}

/** One provider's recommendation of a subject, as it was given. Stored with its row in the feed; never changed. */
export interface RecommendationContent {
  readonly provider: Provider;
  /** The provider's own id of the recommendation; absent where it has none, and in rows of older versions. */
  readonly providerId?: string;
  readonly generatedAt: Date | null;
  readonly reasons: readonly Reason[];
  /** Keys of the contacts in the recommendation, in the provider's order. */
  readonly people: readonly EntityKey[];
}
