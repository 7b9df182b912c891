import { beforeEach, describe, expect, it } from "@jest/globals";
import { NO_FACTS } from "../../support/request-facts";
import { fullAccess } from "../../../src/domain/access";
import { entityKey, type EntityKey } from "../../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../../src/domain/person";
import { ContactPages } from "../../../src/feeds/entities/contact-pages";
import { Entities } from "../../../src/feeds/entities/entities";
import type { EntityChanges, EntityRecords } from "../../../src/feeds/entity-changes";
import type { RecommendationNode } from "../../../src/feeds/nodes";
import { contactsConnection } from "../../../src/graphql/connection/roster-connections";
import { RequestContext } from "../../../src/graphql/context";
import type { GraphServices } from "../../../src/graphql/graph-services";
import { CursorSealer } from "../../../src/relay/cursor";
import type { PageArgs } from "../../../src/relay/page-args";
import { PREFERENCE } from "../../../src/wiring/provider-list";
import { NOW } from "../../support/fake-feed";
import { ACME_TENANT } from "../../support/tenants";

const NAMES = ["ann", "bob", "cy"];

let entities: Entities;
let context: RequestContext;
let node: RecommendationNode;

function keyOf(name: string): EntityKey {
  return entityKey("Person", "linkedin", name);
}

function person(name: string, fullName: string): EntityRecords {
  const root = keyOf(name);
  const common = { kind: "Person", provider: "SURFE", providerId: null, keys: [root], employer: null } as const;
  return { root, keys: [root], records: [{ ...common, fields: { ...UNKNOWN_PERSON, fullName }, fetchedAt: NOW }] };
}

function write(...written: readonly EntityRecords[]): void {
  const changes: EntityChanges = { entities: written, stale: [], people: new Map(), recommendations: [] };
  entities.update(ACME_TENANT, changes);
}

beforeEach(() => {
  const unread = (): Promise<never> => Promise.reject(new Error("everything is in memory"));
  entities = new Entities(
    { entities: unread, forgotten: unread, peopleOf: unread, recommendationsOf: unread },
    PREFERENCE,
  );
  write(...NAMES.map((name) => person(name, name.toUpperCase())));
  const sealer = new CursorSealer([Buffer.alloc(32, 1)]);
  const services: Partial<GraphServices> = { entities, contactPages: new ContactPages(), sealer };
  context = new RequestContext(
    fullAccess(ACME_TENANT),
    services as GraphServices,
    NO_FACTS,
    () => new AbortController().signal,
  );
  const contacts: Pick<RecommendationNode, "id" | "contacts"> = { id: "r1", contacts: NAMES.map(keyOf) };
  node = contacts as RecommendationNode;
});

async function namesIn(args: PageArgs): Promise<readonly (string | null)[]> {
  const { edges } = await contactsConnection(node, args, context);
  return edges.map((edge) => edge.node.fullName);
}

describe("contactsConnection", () => {
  it("serves each page for what it is, whichever was served before", async () => {
    const [, second] = (await contactsConnection(node, { first: 2 }, context)).edges;
    expect(await namesIn({ first: 2 })).toEqual(["ANN", "BOB"]);
    expect(await namesIn({ last: 1 })).toEqual(["CY"]);
    expect(await namesIn({ first: 1 })).toEqual(["ANN"]);
    expect(await namesIn({ first: 2, after: second?.cursor ?? "" })).toEqual(["CY"]);
    expect(await namesIn({ last: 1, before: second?.cursor ?? "" })).toEqual(["ANN"]);
    expect(await namesIn({ first: 2 })).toEqual(["ANN", "BOB"]);
  });

  it("takes neither the end nor what lies before a cursor for the front", async () => {
    const all = await contactsConnection(node, {}, context);
    const third = all.edges[2]?.cursor ?? "";
    expect(await namesIn({ last: 1 })).toEqual(["CY"]);
    expect(await namesIn({ last: 1, before: third })).toEqual(["BOB"]);
    expect(await namesIn({ before: third })).toEqual(["ANN", "BOB"]);
    expect(await namesIn({})).toEqual(["ANN", "BOB", "CY"]);
  });

  it("serves the same page again until something is written", async () => {
    const page = await contactsConnection(node, { first: 1 }, context);
    expect(await contactsConnection(node, { first: 1 }, context)).toBe(page);
    write(person("ann", "Ann Lee"));
    expect(await namesIn({ first: 1 })).toEqual(["Ann Lee"]);
  });
});
