import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { entityId } from "../../src/relay/global-id";
import type { EntityKey } from "../../src/domain/entity-key";
import { startExecutorPair, type ExecutorPair } from "../support/executor-pair";

// What an executor of our own once did otherwise than graphql-js (issue 9), and what it could.

const SURFE = entityId("Company:domain:surfe.com" as EntityKey);

/** Operations by what they are about, with their variables. */
const CORPUS: Readonly<Record<string, readonly [query: string, variables?: Readonly<Record<string, unknown>>]>> = {
  "a fragment spread twice, one of them skipped": [
    `query ($no: Boolean!) { company(domain: "surfe.com") { ...F @skip(if: $no) ...F } } fragment F on Company { name }`,
    { no: true },
  ],
  "@include without a value": [
    `query ($if: Boolean = true) { company(domain: "surfe.com") { name @include(if: $if) id } }`,
    { if: null },
  ],
  "null among ids": ['query ($id: ID) { nodes(ids: ["x", $id]) { id } }', { id: null }],
  "a list for an input object": ["query ($f: CompanyFilter) { companies(filter: $f) { totalCount } }", { f: [] }],
  "aliases with names of Object": [`{ __proto__: company(domain: "surfe.com") { constructor: name toString: id } }`],
  "the order of fields beside a skipped one": [
    `query ($a: Boolean!) { company(domain: "surfe.com") { id @skip(if: $a) name id domain } }`,
    { a: true },
  ],
  "a default of a scalar of ours": [
    `query ($d: DateTime = "2026-01-01T00:00:00Z") { companies(filter: { addedAfter: $d }, first: 1) { nodes { id } } }`,
  ],
  "a default that null overrides": [
    `query ($n: Int = 3) { recommendations(externalUserId: "u1", first: $n) { nodes { company { name } } } }`,
    { n: null },
  ],
  "an enum as a variable": [
    `query ($p: [Provider!]) { recommendations(externalUserId: "u1", providers: $p, first: 2) { issues { provider code } } }`,
    { p: ["SURFE", "LINKUP"] },
  ],
  "an unknown enum value": [
    `query ($p: [Provider!]) { recommendations(providers: $p) { totalCount } }`,
    { p: ["NOBODY"] },
  ],
  "a number where a text belongs": ["query ($d: String) { company(domain: $d) { id } }", { d: 7 }],
  "an id that is a number": ["query ($id: ID!) { node(id: $id) { id } }", { id: 7 }],
  "a missing variable": ["query ($id: ID!) { node(id: $id) { id } }"],
  "one field under two names": [
    `{ a: recommendations(externalUserId: "u1", first: 2) { totalCount } b: recommendations(externalUserId: "u1", first: 3) { nodes { id } } }`,
  ],
  "fields merged from three places": [
    `{ company(domain: "surfe.com") { headquarters { country } ... on Company { headquarters { locality } } ...F } } fragment F on Company { headquarters { primary } }`,
  ],
  "an interface and a union": [
    `{ node(id: "${SURFE}") { __typename id ... on Company { name } ... on Person { fullName } } recommendations(externalUserId: "u1", first: 4) { nodes { subject { __typename ... on Node { id } ... on Person { fullName } } } } }`,
  ],
  "errors at several depths": [
    `{ company(domain: "not a domain") { id } recommendations(externalUserId: "nobody") { totalCount } companies(first: 101) { totalCount } providers { provider } }`,
  ],
  "an error below a node": [`{ company(domain: "surfe.com") { name people(first: 101) { totalCount } } }`],
  "a cursor of another list": [
    `{ company(domain: "surfe.com") { people(after: "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") { totalCount } } }`,
  ],
  "what _entities names": [
    `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Company { name people(first: 1) { nodes { fullName } } } } }`,
    { r: [{ __typename: "Company", domain: "surfe.com" }, { __typename: "Company", domain: 5 }, 7] },
  ],
  "introspection beside data": [`{ __schema { queryType { name } } company(domain: "surfe.com") { name } }`],
  "a comment, a BOM and commas": [`\ufeff# all of it\n{,company(domain:"surfe.com"),{name,},}`],
};

let pair: ExecutorPair;

beforeAll(async () => {
  pair = await startExecutorPair();
  // So that there is something to read.
  const body = {
    query: `{ recommendations(externalUserId: "u1", first: 5) { nodes { id people { nodes { id } } } } }`,
  };
  await pair.compare(JSON.stringify(body));
}, 300_000);
afterAll(() => pair.stop());

describe("our executor and graphql-js answer alike", () => {
  it.each(Object.entries(CORPUS))("%s", async (_, [query, variables]) => {
    for (let time = 1; time <= 3; time += 1) await pair.compare(JSON.stringify({ query, variables }));
  });

  it("and neither runs anything twice: a LinkUp page that fails beside a default that null overrides", async () => {
    for (const { linkup } of pair.apps) linkup.control.failNext({ kind: "reset", when: "after" });
    const query = `query ($n: Int = 3) { networkRecommendations(first: 7) { totalCount } icps(first: $n) { totalCount } }`;
    const { answer, calls } = await pair.compare(JSON.stringify({ query, variables: { n: null } }));
    expect(calls).toHaveLength(1);
    expect(answer).toContain("PROVIDER_OUTCOME_UNKNOWN");
  });
});
