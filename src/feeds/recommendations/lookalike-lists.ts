import { type ProviderError } from "../../domain/errors";
import type { EntityKey } from "../../domain/entity-key";
import type { PersonExample, ProfileCriteria } from "../../domain/profile";
import type { Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import type { FeedSource } from "../feed/feed-source.port";
import type { ProfileList, Served, ServedFeed } from "./profile-list.port";
import { cannotServe } from "./profile-plan";

/** Why there is no feed: the provider knows none of the examples, or needs at least `fewest`. */
type NoLookalikes = { readonly kind: "unknown" } | { readonly kind: "too-few"; readonly fewest: number };

/** Finds the feed of lookalikes of some examples. */
export interface LookalikeFeeds {
  /**
   * The feed of lookalikes of those `examples` that the provider knows, without those of `exclude` that it knows; `unknown`
   * where it knows no example.
   */
  lookalikeFeed(
    kind: "companies" | "people",
    tenant: TenantId,
    examples: readonly PersonExample[],
    exclude: readonly PersonExample[],
  ): Promise<({ readonly kind: "feed" } & ServedFeed) | NoLookalikes>;
}

/** The lists of a provider that recommends by a profile's examples: lookalikes of its companies, and of its people. */
export function lookalikeLists(lookalikes: LookalikeFeeds, source: FeedSource): readonly ProfileList[] {
  return [
    listOf("companies", lookalikes, source, ({ exampleCompanies, excludeCompanies = [] }) => ({
      examples: exampleCompanies.map(asExample),
      exclude: excludeCompanies.map(asExample),
    })),
    listOf("people", lookalikes, source, ({ examplePeople, excludePeople = [] }) => ({
      examples: examplePeople,
      exclude: excludePeople,
    })),
  ];
}

function asExample(key: EntityKey): PersonExample {
  return { key, companyKey: null };
}

function listOf(
  kind: "companies" | "people",
  lookalikes: LookalikeFeeds,
  source: FeedSource,
  namedIn: (criteria: ProfileCriteria) => Record<"examples" | "exclude", readonly PersonExample[]>,
): ProfileList {
  const { provider } = source;
  return {
    kind: `${provider} ${kind}`,
    provider,
    source,
    serve: (tenant, { criteria }) => {
      const { examples, exclude } = namedIn(criteria);
      if (examples.length === 0) return { kind: "refused", reason: withoutExamples(provider) };
      return lookalikes.lookalikeFeed(kind, tenant, examples, exclude).then((found): Served => {
        if (found.kind === "feed") return { ...found, kind: "served" };
        return { kind: "refused", reason: unusableExamples(provider, found) };
      });
    },
  };
}

function withoutExamples(provider: Provider): ProviderError {
  return cannotServe(
    provider,
    "recommends lookalikes, and this profile has no examples: save it with `exampleCompanies` or `examplePeople`.",
  );
}

function unusableExamples(provider: Provider, why: NoLookalikes): ProviderError {
  if (why.kind === "unknown") {
    return cannotServe(
      provider,
      "knows none of this profile's examples: give its own ids, or something that it has returned before.",
    );
  }
  return cannotServe(
    provider,
    `recommends by at least ${String(why.fewest)} examples of a kind that it knows, and this profile has fewer.`,
  );
}
