import { describe, expect, it } from "@jest/globals";
import type { Json } from "../../../src/feeds/feed/feed-model";
import type { LushaQuery } from "../../../src/providers/lusha/lusha.query";
import { firstState, toState } from "../../../src/providers/lusha/lusha.state";
import { HEAD } from "../../support/fake-feed";

const COMPANIES: LushaQuery = {
  kind: "companies",
  seeds: [
    { by: "id", companyId: "1" },
    { by: "domain", domain: "acme.com" },
  ],
  exclude: [{ by: "linkedin", linkedinUrl: "https://www.linkedin.com/company/acme" }],
};
const PEOPLE: LushaQuery = {
  kind: "people",
  seeds: [{ by: "id", personId: "8", companyId: "" }],
  exclude: [{ by: "linkedin", linkedinUrl: "https://www.linkedin.com/in/jane" }],
};

const read = (state: Json, query = "{}") => toState({ ...HEAD, provider: "LUSHA", state, query });
/** As the database gives it. */
const stored = (state: unknown) => JSON.parse(JSON.stringify(state)) as Json;

describe("toState", () => {
  it.each([COMPANIES, PEOPLE])("reads how a feed begins: $kind", (asked) => {
    expect(read(stored(firstState(asked)))).toEqual({ asked, session: null, known: [] });
  });

  it.each([
    [{ asked: PEOPLE, session: "req_1", known: [{ by: "id", personId: "9", companyId: "2" }] }],
    [{ asked: COMPANIES, session: "req_1", known: [{ by: "id", companyId: "2" }] }],
    [{ asked: COMPANIES, session: null, known: null }],
  ])("reads how it goes on: %j", (state) => {
    expect(read(stored(state))).toEqual(state);
  });

  it("takes the query of an older version's feed for what is asked", () => {
    const query = JSON.stringify(PEOPLE);
    expect(read(null, query)).toEqual({ asked: PEOPLE, session: null, known: [] });
    expect(read({ session: "req_1", known: null }, query)).toEqual({ asked: PEOPLE, session: "req_1", known: null });
  });

  it.each([
    [{ asked: { ...COMPANIES, kind: "houses" } }],
    [{ asked: COMPANIES, session: 1 }],
    [{ asked: COMPANIES, known: ["1"] }],
    [{ asked: COMPANIES, known: [{ by: "id" }] }],
    ["state"],
  ])("refuses what was never written: %j", (state) => {
    expect(() => read(stored(state))).toThrow();
  });
});
