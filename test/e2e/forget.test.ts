import { afterEach, describe, expect, it } from "@jest/globals";
import { deferred } from "../support/fake-feed";
import {
  idsIn,
  NETWORK,
  peopleIn,
  PEOPLE,
  personAt,
  SIMILAR,
  startForgettingApp,
  type ForgettingApp,
} from "../support/forgetting";

const NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
const BY_ADDRESS = "query($url: String!) { person(linkedinUrl: $url) { id } }";
const BY_REFERENCE = "query($it: [_Any!]!) { _entities(representations: $it) { ... on Person { id } } }";
const COLLEAGUES = `query($id: ID!, $first: Int, $after: String) {
  node(id: $id) { ... on Company { people(first: $first, after: $after) { totalCount edges { cursor node { id } } } } }
}`;
const CONTACTS = `query($first: Int!) {
  recommendations(first: $first) {
    nodes {
      id
      company { id recommendations(first: 1) { nodes { id } } }
      people(first: 100) { totalCount edges { cursor node { id } } }
    }
  }
}`;
const CONTACTS_AFTER = `query($id: ID!, $after: String) {
  node(id: $id) { ... on Recommendation { people(first: 100, after: $after) { edges { cursor node { id } } } } }
}`;

interface Edges {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
}
interface Contacts {
  readonly recommendations: {
    readonly nodes: readonly {
      readonly id: string;
      readonly company: { readonly id: string };
      readonly people: Edges;
    }[];
  };
}

let tested: ForgettingApp;

afterEach(() => tested.stop());

describe("a person who is forgotten", () => {
  it("vanishes from a list that the server has in memory: the others keep their places, and nothing is bought", async () => {
    tested = await startForgettingApp({ providers: ["LETRICS"] });
    const { app, read } = tested;
    const all = await read(PEOPLE, { first: 10 });
    const others = all.edges.filter((_, i) => i !== 3);
    await tested.forget(personAt(all, 3));
    const again = await read(PEOPLE, { first: 10 });
    expect(again.edges.slice(0, 9)).toEqual(others);
    const pages = [
      await read(PEOPLE, { first: 2, after: all.edges[2]?.cursor }),
      await read(PEOPLE, { first: 2, after: all.edges[3]?.cursor }),
      await read(PEOPLE, { last: 2, before: all.edges[4]?.cursor }),
      await read(PEOPLE, { last: 2, before: all.edges[3]?.cursor }),
    ];
    expect(pages.map(({ edges }) => edges)).toEqual([
      others.slice(3, 5),
      others.slice(3, 5),
      others.slice(1, 3),
      others.slice(1, 3),
    ]);
    await app.restart();
    expect(await read(PEOPLE, { first: 10 })).toEqual(again);
    expect(app.letrics.control.calls()).toHaveLength(1);
  });

  it("leaves a shorter page where no more rows are recorded, and no row is bought in their place", async () => {
    tested = await startForgettingApp({ providers: ["LINKUP"] });
    const { app, read } = tested;
    const all = await read(NETWORK, { first: 10 });
    await tested.forget(personAt(all, 9));
    await tested.forget(personAt(all, 4));
    const shorter = await read(NETWORK, { first: 10 });
    expect(shorter.edges).toEqual(all.edges.filter((_, i) => i !== 4 && i !== 9));
    expect(shorter.pageInfo).toMatchObject({ hasNextPage: true, endCursor: all.edges[8]?.cursor });
    expect(app.linkup.control.calls()).toHaveLength(1);
    const next = await read(NETWORK, { first: 10, after: shorter.pageInfo.endCursor });
    expect(next.edges).toHaveLength(10);
    // LinkUp gives the first 20 once more, those two among them: they have no second place.
    expect(new Set([...idsIn(next), ...idsIn(all)]).size).toBe(20);
    expect((await read(NETWORK, { first: 20 })).edges).toEqual([...shorter.edges, ...next.edges]);
    expect(app.linkup.control.calls()).toHaveLength(2);
  });

  it("leaves a page whose rows are all forgotten with the rows behind them", async () => {
    tested = await startForgettingApp({ providers: ["LINKUP"] });
    const all = await tested.read(NETWORK, { first: 10 });
    await tested.forget(personAt(all, 9));
    const after = all.edges[8]?.cursor;
    const next = await tested.read(NETWORK, { first: 1, after });
    expect(next.edges).toHaveLength(1);
    expect(idsIn(all)).not.toContain(personAt(next, 0).id);
  });

  it("is no node, no entity, no colleague and no contact any more", async () => {
    tested = await startForgettingApp({ providers: ["SURFE"] });
    await tested.ask("mutation { upsertICP(input: {}) { icp { id } } }");
    const before = (await tested.ask<Contacts>(CONTACTS, { first: 10 })).recommendations.nodes;
    const row = before.find(({ people }) => people.edges.length > 2);
    if (!row) throw new Error("no company has three contacts");
    const [first, second, ...others] = row.people.edges;
    const colleagues = (
      await tested.ask<{ readonly node: { readonly people: Edges } }>(COLLEAGUES, { id: row.company.id })
    ).node.people;
    const gone = second?.node ?? { id: "" };
    await tested.forget(gone);
    const after = (await tested.ask<Contacts>(CONTACTS, { first: 10 })).recommendations.nodes;
    const left = { totalCount: row.people.totalCount - 1, edges: [first, ...others] };
    expect(after).toEqual(before.map((one) => (one === row ? { ...row, people: left } : one)));
    const behind = { id: row.id, after: second?.cursor };
    expect(await tested.ask(CONTACTS_AFTER, behind)).toEqual({ node: { people: { edges: others } } });
    const people = (await tested.ask<{ readonly node: { readonly people: Edges } }>(COLLEAGUES, { id: row.company.id }))
      .node;
    expect(people.people.edges).toEqual(colleagues.edges.filter(({ node }) => node.id !== gone.id));
    const url = Buffer.from(gone.id, "base64url").toString().replace("Person:linkedin:", "https://linkedin.com/in/");
    expect(await tested.ask(NODES, { ids: [gone.id, first?.node.id] })).toEqual({ nodes: [null, first?.node] });
    expect(await tested.ask(BY_ADDRESS, { url })).toEqual({ person: null });
    const it = [{ __typename: "Person", id: gone.id }];
    expect(await tested.ask(BY_REFERENCE, { it })).toEqual({ _entities: [null] });
    await tested.app.restart();
    expect((await tested.ask<Contacts>(CONTACTS, { first: 10 })).recommendations.nodes).toEqual(after);
  });

  it("is not recorded again when the provider gives them in another list, and what that cost is booked", async () => {
    tested = await startForgettingApp({ providers: ["LETRICS"] });
    const { app, read } = tested;
    const all = await read(PEOPLE, { first: 10 });
    const gone = personAt(all, 0);
    await tested.forget(gone);
    const filter = { hasLinkedinProfile: gone.linkedinUrl !== null };
    const other = await read(PEOPLE, { first: 25, filter });
    expect([other.edges.length, app.letrics.control.calls().length]).toEqual([24, 2]);
    expect(idsIn(other)).not.toContain(gone.id);
    expect(await tested.ask(NODES, { ids: [gone.id] })).toEqual({ nodes: [null] });
    expect(await tested.command("export", "--person", gone.id)).toMatchObject({ status: 1 });
    expect(await tested.ask("{ spending { credits } }")).toEqual({ spending: [{ credits: 2 }] });
  });

  it("is not recorded by an answer that was under way", async () => {
    tested = await startForgettingApp({ providers: ["LETRICS"] });
    const { app, read } = tested;
    const gone = personAt(await read(PEOPLE, { first: 10 }), 0);
    const held = deferred<undefined>();
    app.letrics.control.failNext({ kind: "hold", until: held.promise });
    const reading = read(PEOPLE, { first: 25, filter: { hasLinkedinProfile: gone.linkedinUrl !== null } });
    await app.letrics.control.whenCalled(2);
    await tested.forget(gone);
    held.resolve(undefined);
    const other = await reading;
    expect(other.edges).toHaveLength(24);
    expect(idsIn(other)).not.toContain(gone.id);
    expect(await tested.command("export", "--person", gone.id)).toMatchObject({ status: 1 });
  });

  it("is not bought twice by a session that goes on, and is out of what is sent to Lusha", async () => {
    tested = await startForgettingApp({ providers: ["LUSHA"], lusha: { setSize: 40 } });
    const { app, read } = tested;
    const people = [{ lusha: { personId: "675851474", companyId: "6504" } }];
    const all = await read(SIMILAR, { people, first: 10 });
    const gone = personAt(all, 2);
    const held = deferred<undefined>();
    app.lusha.control.failNext({ kind: "hold", until: held.promise });
    const reading = read(SIMILAR, { people, first: 10, after: all.pageInfo.endCursor });
    await app.lusha.control.whenCalled(2);
    await tested.forget(gone);
    held.resolve(undefined);
    const next = await reading;
    const last = await read(SIMILAR, { people, first: 10, after: next.pageInfo.endCursor });
    expect(new Set([...idsIn(all), ...idsIn(next), ...idsIn(last)]).size).toBe(30);
    app.lusha.control.expireSessions();
    await read(SIMILAR, { people, first: 10, after: last.pageInfo.endCursor });
    // The call with the expired session comes first, then the one that begins a new set.
    const { body } = app.lusha.control.calls()[4] ?? {};
    const excluded = (body as { readonly exclude: readonly { readonly personId: string }[] }).exclude;
    expect(excluded).toHaveLength(29);
    expect(excluded.map(({ personId }) => personId)).not.toContain(gone.sources[0]?.providerId);
  });
});

describe("a person who is forgotten and was named by clients", () => {
  const SAVE = `mutation($input: UpsertICPInput!) {
    upsertICP(input: $input) { icp { examplePeople { id } excludePeople { id } } userErrors { field code message } }
  }`;
  const PROFILE = "{ icp { examplePeople { id } excludePeople { id } } }";

  it("is taken out of profiles, and may not be named in one again", async () => {
    tested = await startForgettingApp({ providers: ["SURFE", "LUSHA"] });
    const input = {
      examplePeople: [
        { linkedinUrl: "https://linkedin.com/in/jane-doe" },
        { linkedinUrl: "https://linkedin.com/in/jim" },
      ],
      excludePeople: [{ linkedinUrl: "https://linkedin.com/in/jane-doe/" }],
    };
    await tested.ask(SAVE, { input });
    const jane = { id: Buffer.from("Person:linkedin:jane-doe").toString("base64url") };
    const jim = { id: Buffer.from("Person:linkedin:jim").toString("base64url") };
    expect(await tested.ask(PROFILE)).toEqual({ icp: { examplePeople: [jane, jim], excludePeople: [jane] } });
    expect(await tested.command("forget", "--person", "linkedin.com/in/JANE-doe?x=1")).toMatchObject({ status: 0 });
    const without = { icp: { examplePeople: [jim], excludePeople: [] } };
    while (JSON.stringify(await tested.ask(PROFILE)) !== JSON.stringify(without)) await tested.ask(PROFILE);
    const message = "This person was forgotten. Leave them out.";
    const code = "BAD_USER_INPUT";
    expect(await tested.ask(SAVE, { input })).toEqual({
      upsertICP: {
        icp: null,
        userErrors: [
          { field: ["examplePeople", "0"], code, message },
          { field: ["excludePeople", "0"], code, message },
        ],
      },
    });
    await tested.app.restart();
    expect(await tested.ask(PROFILE)).toEqual(without);
  });

  it("takes the list of those like them along: its cursors have expired, and there is no new one", async () => {
    tested = await startForgettingApp({ providers: ["LUSHA"] });
    const { app, read } = tested;
    const people = [{ lusha: { personId: "675851474", companyId: "6504" } }];
    const seed = { id: Buffer.from("Person:lusha:675851474").toString("base64url") };
    const all = await read(SIMILAR, { people, first: 10 });
    expect(await tested.command("forget", "--person", seed.id)).toMatchObject({ status: 0 });
    await tested.app.restart();
    const calls = app.lusha.control.calls().length;
    const expired = await app.send(SIMILAR, { people, first: 10, after: all.pageInfo.endCursor });
    const anew = await app.send(SIMILAR, { people, first: 10 });
    expect([expired, anew]).toMatchObject([
      { data: { list: null }, errors: [{ extensions: { code: "CURSOR_EXPIRED" } }] },
      { data: { list: null }, errors: [{ extensions: { code: "PROVIDER_CANNOT_SERVE" } }] },
    ]);
    expect(app.lusha.control.calls()).toHaveLength(calls);
    expect(await tested.ask(NODES, { ids: [personAt(all, 0).id] })).toEqual({ nodes: [{ id: personAt(all, 0).id }] });
  });

  it("is left out no more of a list that goes on under its cursors", async () => {
    tested = await startForgettingApp({ providers: ["LUSHA"] });
    const { app, read } = tested;
    const people = [{ lusha: { personId: "675851474", companyId: "6504" } }];
    const gone = personAt(await read(SIMILAR, { people, first: 10 }), 0);
    const exclude = [{ id: gone.id }];
    const all = await read(SIMILAR, { people, exclude, first: 10 });
    await tested.forget(gone);
    expect((await read(SIMILAR, { people, exclude, first: 5 })).edges).toHaveLength(5);
    const after = all.edges[4]?.cursor;
    expect((await read(SIMILAR, { people, exclude, first: 5, after })).edges).toEqual(all.edges.slice(5));
    expect(peopleIn(all).map(({ id }) => id)).not.toContain(gone.id);
    expect(app.lusha.control.calls()).toHaveLength(2);
  });
});
