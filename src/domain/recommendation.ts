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

/** What a provider said when it recommended a subject; kept with the row's place in its feed, never changed. */
export interface RecommendationContent {
  readonly provider: Provider;
  /** The provider's own id of the recommendation; absent where it has none, and in rows of older versions. */
  readonly providerId?: string;
  readonly generatedAt: Date | null;
  readonly reasons: readonly Reason[];
  /** Keys of the contacts that came along, in the provider's order. */
  readonly people: readonly EntityKey[];
}
