import { describe, expect, it } from "@jest/globals";
import { entityKey } from "../../../src/domain/entity-key";
import type { FeedSource } from "../../../src/feeds/feed/feed-source.port";
import { lookalikeLists, type LookalikeFeeds } from "../../../src/feeds/recommendations/lookalike-lists";
import { FakeSource } from "../../support/fake-feed";
import { MERGED_ICP } from "../../support/merged-stack";
import { ACME_TENANT } from "../../support/tenants";

const source: FeedSource = Object.assign(new FakeSource(), { provider: "LUSHA" as const });
const NAME = { tenant: ACME_TENANT, connection: "similar:1", provider: "LUSHA", query: "{}" } as const;

/** What the list of company lookalikes says of a profile with one example, by what is found of that. */
function served(found: Awaited<ReturnType<LookalikeFeeds["lookalikeFeed"]>>, exampleCompanies = [ACME]) {
  const [companies] = lookalikeLists({ lookalikeFeed: () => Promise.resolve(found) }, source);
  const criteria = { ...MERGED_ICP.criteria, exampleCompanies };
  return companies?.serve(ACME_TENANT, { ...MERGED_ICP, criteria });
}

const ACME = entityKey("Company", "domain", "acme.com");

describe("lookalikeLists", () => {
  it("serve a profile in the feed of its examples, with all that begins it", async () => {
    const feed = { kind: "feed", name: NAME, aliases: [NAME], initialState: { asked: 1 } } as const;
    expect(await served(feed)).toEqual({ ...feed, kind: "served" });
  });

  it("say what is missing: examples, examples that are known, or more of them", async () => {
    const message = async (...asked: Parameters<typeof served>) => {
      const answer = await served(...asked);
      return answer?.kind === "refused" ? `${answer.reason.code}: ${answer.reason.message}` : answer;
    };
    expect(await message({ kind: "unknown" }, [])).toMatch(
      /Lusha recommends lookalikes, and this profile has no examples/,
    );
    expect(await message({ kind: "unknown" })).toMatch(/Lusha knows none of this profile's examples/);
    expect(await message({ kind: "too-few", fewest: 5 })).toBe(
      "PROVIDER_CANNOT_SERVE: Lusha recommends by at least 5 examples of a kind that it knows, and this profile has fewer.",
    );
  });
});
