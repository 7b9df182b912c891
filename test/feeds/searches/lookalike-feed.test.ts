import { describe, expect, it } from "@jest/globals";
import type { EntityKey } from "../../../src/domain/entity-key";
import type { FeedName } from "../../../src/feeds/feed/feed-model";
import {
  isLookalikeFeed,
  lookalikeAliases,
  lookalikeName,
  type LookalikeSearch,
  type LookalikeSeed,
} from "../../../src/feeds/searches/lookalike-feed";
import { ACME_TENANT } from "../../support/tenants";

/** A seed by its keys: the one it was asked for by, then its surviving id, then others. */
function seed(...keys: readonly string[]): LookalikeSeed {
  const [key = "", root = key] = keys as readonly EntityKey[];
  return { key: key as EntityKey, root: root as EntityKey, keys: [...new Set(keys)] as EntityKey[] };
}

function search(seeds: readonly LookalikeSeed[], exclude: readonly LookalikeSeed[] = []): LookalikeSearch {
  return { tenant: ACME_TENANT, provider: "LUSHA", kind: "companies", seeds, exclude };
}

const seedsIn = ({ query }: FeedName) => (JSON.parse(query) as { readonly seeds: readonly string[] }).seeds;

describe("lookalikeName", () => {
  it("is by the seeds' surviving ids, whatever their order, and how often each is named", () => {
    const name = lookalikeName(search([seed("b", "a"), seed("c")], [seed("d")]));
    expect(name).toEqual({
      tenant: ACME_TENANT,
      connection: expect.stringMatching(/^similar:[0-9a-f-]{36}$/),
      provider: "LUSHA",
      query: `{"kind":"companies","seeds":["a","c"],"exclude":["d"]}`,
    });
    expect(lookalikeName(search([seed("c"), seed("a"), seed("c")], [seed("e", "d")]))).toEqual(name);
    expect(lookalikeName(search([seed("a"), seed("c")])).connection).not.toBe(name.connection);
  });
});

describe("lookalikeAliases", () => {
  it("are by every key of the one seed, and by those that were asked for", () => {
    expect(lookalikeAliases(search([seed("b", "a", "c")])).map(seedsIn)).toEqual([["b"], ["b"], ["a"], ["c"]]);
    expect(lookalikeAliases(search([seed("b", "a", "c"), seed("e", "d")])).map(seedsIn)).toEqual([["b", "e"]]);
  });
});

describe("isLookalikeFeed", () => {
  const began = lookalikeName(search([seed("linkedin a"), seed("b")], [seed("x")]));

  it("holds where more has become known of a seed, or two have become one", () => {
    const known = [seed("domain a", "domain a", "linkedin a"), seed("b", "a smaller b", "b")];
    expect(isLookalikeFeed(began, search(known, [seed("x", "y", "x")]))).toBe(true);
    const one = seed("domain a", "domain a", "linkedin a", "b");
    expect(isLookalikeFeed(began, search([one, one], [seed("x")]))).toBe(true);
  });

  it("does not hold for others, fewer or more seeds, or without those that are left out", () => {
    const [a, b, x] = [seed("linkedin a"), seed("b"), seed("x")];
    expect(
      [
        search([a, seed("c")], [x]),
        search([a], [x]),
        search([a, b, seed("c")], [x]),
        search([a, b]),
        search([a, b], [x, seed("y")]),
        { ...search([a, b], [x]), kind: "people" as const },
        { ...search([a, b], [x]), provider: "SURFE" as const },
      ].map((other) => isLookalikeFeed(began, other)),
    ).toEqual(Array.from({ length: 7 }, () => false));
  });

  it("does not hold for the feed of another connection", () => {
    expect(isLookalikeFeed({ ...began, connection: "network:1" }, search([seed("linkedin a"), seed("b")]))).toBe(false);
  });
});
