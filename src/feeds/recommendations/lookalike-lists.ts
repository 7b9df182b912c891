import type { PersonExample, ProfileCriteria } from "../../domain/profile";
import type { FeedSource } from "../feed/feed-source.port";
import type { FeedName } from "../feed/feed-model";
import type { ProfileList } from "./profile-list.port";
import { cannotServe } from "./profile-plan";

/** What these lists need of a search for lookalikes. */
export interface LookalikeFeeds {
  /** The feed of lookalikes of those of `examples` that the provider knows; `null` where it knows none of them. */
  feedLike(kind: "companies" | "people", tenant: string, examples: readonly PersonExample[]): Promise<FeedName | null>;
}

/** The lists of a provider that recommends by a profile's examples: lookalikes of its companies, and of its people. */
export function lookalikeLists(lookalikes: LookalikeFeeds, source: FeedSource): readonly ProfileList[] {
  return [
    listOf("companies", lookalikes, source, ({ exampleCompanies }) =>
      exampleCompanies.map((key) => ({ key, lushaCompanyId: null })),
    ),
    listOf("people", lookalikes, source, ({ examplePeople }) => examplePeople),
  ];
}

function listOf(
  kind: "companies" | "people",
  lookalikes: LookalikeFeeds,
  source: FeedSource,
  examplesIn: (criteria: ProfileCriteria) => readonly PersonExample[],
): ProfileList {
  const { provider } = source;
  return {
    kind: `${provider} ${kind}`,
    provider,
    source,
    serve: (tenant, { criteria }) => {
      const examples = examplesIn(criteria);
      if (examples.length === 0) return { kind: "refused", reason: withoutExamples() };
      return lookalikes
        .feedLike(kind, tenant, examples)
        .then((name) => (name ? { kind: "served", name } : { kind: "refused", reason: unknownExamples() }));
    },
  };

  function withoutExamples(): ReturnType<typeof cannotServe> {
    return cannotServe(
      provider,
      "recommends lookalikes, and this profile has no examples: save it with `exampleCompanies` or `examplePeople`.",
    );
  }

  function unknownExamples(): ReturnType<typeof cannotServe> {
    return cannotServe(
      provider,
      "knows none of this profile's examples: give its own ids, or something that it has given before.",
    );
  }
}
