import { describe, expect, it } from "@jest/globals";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { byProvider } from "../../../src/domain/provider";
import type { NamingFeed } from "../../../src/feeds/feed/feed-people.port";
import type { Json } from "../../../src/feeds/feed/feed-model";
import { LookalikePeople } from "../../../src/feeds/searches/lookalike-people";
import { lushaStatePeople } from "../../../src/providers/lusha/lusha.state";
import { FEED_PEOPLE } from "../../../src/wiring/provider-list";

const JANE = entityKey("Person", "lusha", "42");
const JIM = entityKey("Person", "linkedin", "jim");
const ACME = entityKey("Company", "lusha", "7");
const seedOf = (personId: string) => ({ by: "id", personId, companyId: "7" });

function feedOf(seeds: readonly unknown[], exclude: readonly unknown[], state: Json = null): NamingFeed {
  const query = JSON.stringify({ kind: "people", seeds, exclude });
  return { connection: "similar:1", provider: "LUSHA", query, state };
}

function stateOf(known: readonly Json[] | null): Json {
  const exclude = [{ by: "linkedin", linkedinUrl: "https://www.linkedin.com/in/jim" }];
  return { asked: { kind: "people", seeds: [seedOf("1")], exclude }, session: "s", known };
}

const people = new LookalikePeople(byProvider((provider) => (provider === "LUSHA" ? lushaStatePeople : null)));

describe("LookalikePeople", () => {
  it("is wired with the providers whose states name people", () => {
    expect(FEED_PEOPLE.providers).toEqual(["LUSHA"]);
  });

  it("tells the seeds of a list from the others that it names", () => {
    const feed = feedOf([JANE, ACME], [JIM], stateOf([seedOf("43")]));
    expect(people.seedsOf(feed)).toEqual([JANE]);
    expect(people.othersIn(feed)).toEqual([JIM, JIM, entityKey("Person", "lusha", "43")]);
    const companies = feedOf([ACME], [], { session: null, known: [{ by: "id", companyId: "7" }] });
    expect([people.seedsOf(companies), people.othersIn(companies)]).toEqual([[], []]);
  });

  it("reads lists of older versions, whose queries have Lusha's words", () => {
    expect(people.seedsOf(feedOf([seedOf("42")], []))).toEqual([JANE]);
  });

  it("knows nobody in lists of other kinds and providers", () => {
    const search: NamingFeed = { connection: "search:1", provider: "LETRICS", query: "{}", state: null };
    const merged: NamingFeed = { ...search, provider: "MERGED" };
    expect([search, merged].flatMap((feed) => [...people.seedsOf(feed), ...people.othersIn(feed)])).toEqual([]);
    expect(people.without(search, new Set([JANE]))).toEqual({ connection: "search:1", query: "{}", state: null });
  });

  it("takes people out of the query, the name and the state", () => {
    const without = (keys: readonly EntityKey[]) =>
      people.without(feedOf([ACME], [JIM], stateOf([seedOf("42"), seedOf("43")])), new Set(keys));
    expect(without([JANE])).toEqual({
      ...{ connection: "similar:1", query: feedOf([ACME], [JIM]).query },
      state: stateOf([seedOf("43")]),
    });
    expect(without([JIM])).toEqual({
      connection: expect.stringMatching(/^similar:[0-9a-f-]{36}$/),
      query: feedOf([ACME], []).query,
      state: {
        asked: { kind: "people", seeds: [seedOf("1")], exclude: [] },
        session: "s",
        known: [seedOf("42"), seedOf("43")],
      },
    });
    expect(people.without(feedOf([ACME], [], { session: null, known: null }), new Set([JANE])).state).toEqual({
      session: null,
      known: null,
    });
  });
});
