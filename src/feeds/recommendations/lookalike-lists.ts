import type { PersonExample, Profile } from "../../domain/profile";
import type { FeedSource } from "../feed/feed-source";
import type { Lookalikes } from "../searches/lookalikes";
import type { ProfileList } from "./profile-list";
import { cannotServe } from "./profile-plan";

/** The lists of a provider that recommends by a profile's examples: lookalikes of its companies, and of its people. */
export function lookalikeLists(lookalikes: Lookalikes, source: FeedSource): readonly ProfileList[] {
  return [
    listOf("companies", lookalikes, source, ({ exampleCompanies }) =>
      exampleCompanies.map((key) => ({ key, lushaCompanyId: null })),
    ),
    listOf("people", lookalikes, source, ({ examplePeople }) => examplePeople),
  ];
}

function listOf(
  kind: "companies" | "people",
  lookalikes: Lookalikes,
  source: FeedSource,
  examplesIn: (profile: Profile) => readonly PersonExample[],
): ProfileList {
  const { provider } = source;
  return {
    kind: `${provider} ${kind}`,
    provider,
    source,
    serve: (tenant, { profile }) => {
      const examples = examplesIn(profile);
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
