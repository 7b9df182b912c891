import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { UNKNOWN_COMPANY, type Location } from "../../src/domain/company";
import { entityKey, strongestKey, type EntityKey, type EntityKind } from "../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import { PROVIDERS, type Provider } from "../../src/domain/provider";
import type { ProviderRecord } from "../../src/domain/record";
import { tenantId, type TenantId } from "../../src/domain/tenant-id";
import { Entities } from "../../src/feeds/entities/entities";
import type { EntityNode } from "../../src/feeds/nodes";
import type { Database } from "../../src/store/open-database";
import { SqlEntityStore } from "../../src/store/entity.sql";
import { keep } from "../support/database";
import { NOW } from "../support/fake-feed";
import { openTestDatabase } from "../support/test-database";
import { PREFERENCE } from "../../src/wiring/provider-list";

/** A record, and when it was fetched. */
interface IncomingRecord {
  readonly record: ProviderRecord;
  readonly second: number;
}

/** The names that a provider may use: few, so that they meet. */
function namesOf(kind: EntityKind, provider: Provider): readonly EntityKey[] {
  const own = ["1", "2"].map((id) => entityKey(kind, provider.toLowerCase(), id));
  const pages = ["a", "b"].map((slug) => entityKey(kind, "linkedin", slug));
  const domains = kind === "Company" ? ["a.com", "b.com"].map((name) => entityKey("Company", "domain", name)) : [];
  return [...domains, ...pages, ...own];
}

const COMPANIES = [...new Set(PROVIDERS.flatMap((provider) => namesOf("Company", provider)))];
const PEOPLE = [...new Set(PROVIDERS.flatMap((provider) => namesOf("Person", provider)))];
const EVERYONE = [...COMPANIES, ...PEOPLE];

function place(locality: string, primary: boolean): Location {
  return {
    country: null,
    region: null,
    regionCode: null,
    locality,
    postalCode: null,
    streetAddress: null,
    latitude: null,
    longitude: null,
    primary,
  };
}

const provider = fc.constantFrom(...PROVIDERS);
const namesFor = (kind: EntityKind) =>
  provider.chain((from) =>
    fc.record({
      provider: fc.constant(from),
      providerId: fc.option(fc.constantFrom("1", "2")),
      keys: fc.shuffledSubarray([...namesOf(kind, from)], { minLength: 1, maxLength: 3 }),
    }),
  );

const company = fc
  .tuple(
    namesFor("Company"),
    fc.record({
      name: fc.option(fc.constantFrom("Acme", "ACME", "💥", "\uffff")),
      industries: fc.subarray(["Software", "Retail"]),
      headquarters: fc.option(fc.constant(place("Paris", false)), { freq: 1 }),
      locations: fc.subarray([place("Lyon", false), place("Oslo", true)]),
    }),
  )
  .map(([names, fields]): ProviderRecord => ({ kind: "Company", ...names, fields: { ...UNKNOWN_COMPANY, ...fields } }));

const person = fc
  .tuple(
    namesFor("Person"),
    fc.option(fc.constantFrom(...COMPANIES.slice(0, 5)), { freq: 4 }),
    fc.record({ fullName: fc.option(fc.constantFrom("Jane", "Jane Doe")), emails: fc.subarray(["a@b.c"]) }),
  )
  .map(([names, employer, fields]): ProviderRecord => ({
    kind: "Person",
    ...names,
    employer,
    fields: { ...UNKNOWN_PERSON, ...fields },
  }));

const told = fc.record({ record: fc.oneof(company, person, person), second: fc.integer({ min: 0, max: 2 }) });

/** The provider's word again, of the same time and by the same names, but not the same. */
function rivalOf({ record, second }: IncomingRecord): IncomingRecord {
  return record.kind === "Company"
    ? { record: { ...record, fields: { ...record.fields, name: record.fields.name && "\u{1f680}" } }, second }
    : { record: { ...record, fields: { ...record.fields, fullName: record.fields.fullName && "J. Doe" } }, second };
}

const records = fc
  .array(told, { minLength: 1, maxLength: 8 })
  .chain((all) => fc.subarray(all).map((some) => [...all, ...some.map(rivalOf)]));

/** The same records twice over: in two orders, each cut into its own batches, the second with some sent again. */
const twoOrders = records
  .chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
      fc.array(fc.boolean(), { minLength: 32, maxLength: 32 }),
    ),
  )
  .map(([all, [shuffled, again], cuts]) => ({
    one: batchesOf(all, () => false),
    other: batchesOf([...shuffled, ...again], (at) => cuts[at] === true),
  }));

/** One fetch brings its records at one time. */
function batchesOf(
  all: readonly IncomingRecord[],
  isCut: (at: number) => boolean,
): readonly (readonly IncomingRecord[])[] {
  const batches: IncomingRecord[][] = [];
  all.forEach((one, at) => {
    const last = batches.at(-1);
    if (last?.[0]?.second === one.second && !isCut(at)) last.push(one);
    else batches.push([one]);
  });
  return batches;
}

/** Who is one by the names that records share, worked out apart: the strongest name of each name's group. */
function expectedRoots(all: readonly IncomingRecord[]): ReadonlyMap<EntityKey, EntityKey> {
  let groups: readonly ReadonlySet<EntityKey>[] = [];
  for (const { record } of all) {
    const shares = (group: ReadonlySet<EntityKey>) => record.keys.some((key) => group.has(key));
    const joined = new Set([...record.keys, ...groups.filter(shares).flatMap((group) => [...group])]);
    groups = [...groups.filter((group) => !shares(group)), joined];
  }
  return new Map(groups.flatMap((group) => [...group].map((key) => [key, strongestKey(group)] as const)));
}

let database: Database;
let store: SqlEntityStore;

beforeEach(async () => {
  database = await openTestDatabase();
  store = new SqlEntityStore(database);
});

afterEach(() => database.destroy());

/** Everything that can be read, with what depends on the order of arrival left out: marks, and which name stands for an employer. */
async function everything(entities: Entities, tenant: TenantId) {
  const nodes = await entities.load(tenant, EVERYONE);
  const rosters = await entities.peopleOf(tenant, COMPANIES);
  const rootOf = (key: EntityKey) => nodes.get(key)?.key ?? key;
  const plain = (node: EntityNode) =>
    node.kind === "Person" ? { ...node, employer: node.employer && rootOf(node.employer) } : node;
  return {
    nodes: Object.fromEntries([...nodes].sort().map(([key, node]) => [key, plain(node)])),
    people: Object.fromEntries(
      [...rosters].sort().map(([key, members]) => [key, members.map((member) => member.key).sort()]),
    ),
  };
}

/** Keeps the batches one after the other. @returns every id that was given out on the way, and what can be read in the end. */
async function arrive(tenant: TenantId, batches: readonly (readonly IncomingRecord[])[]) {
  const cached = new Entities(store, PREFERENCE);
  const ids = new Set<EntityKey>();
  for (const batch of batches) {
    const at = new Date(NOW.getTime() + (batch[0]?.second ?? 0) * 1000);
    const records = batch.map(({ record }) => record);
    const { changes } = await keep(database, tenant, records, at);
    cached.update(tenant, changes);
    // What is in memory is what is in the database, after every write.
    expect(await everything(cached, tenant)).toEqual(await everything(new Entities(store, PREFERENCE), tenant));
    for (const node of (await cached.load(tenant, EVERYONE)).values()) ids.add(node.key);
  }
  return { ids, end: await everything(cached, tenant) };
}

/** Everyone is among the people of the company they work at, each once, in the order of their marks. */
async function expectRosters(tenant: TenantId, { nodes, people }: Awaited<ReturnType<typeof everything>>) {
  for (const node of Object.values(nodes)) {
    if (node.kind === "Company" || node.employer === null || !(node.employer in nodes)) continue;
    expect(people[node.employer]).toContain(node.key);
  }
  for (const members of (await store.peopleOf(tenant, COMPANIES)).values()) {
    expect(new Set(members.map(({ key }) => key)).size).toBe(members.length);
    const marks = members.map(({ mark }) => mark);
    expect(marks).toEqual([...new Set(marks)].sort((a, b) => a - b));
  }
}

describe("identity", () => {
  it("gives the same entities, values, sources, employers and people, whatever the order of arrival", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(twoOrders, async ({ one, other }) => {
        run += 1;
        const [firstTenant, secondTenant] = [tenantId(`a${String(run)}`), tenantId(`b${String(run)}`)];
        const first = await arrive(firstTenant, one);
        const second = await arrive(secondTenant, other);
        expect(second.end).toEqual(first.end);
        await expectRosters(secondTenant, second.end);
        const roots = expectedRoots(one.flat());
        for (const id of [...first.ids, ...second.ids]) expect(first.end.nodes[id]?.key).toBe(roots.get(id));
        expect(Object.fromEntries(Object.entries(first.end.nodes).map(([key, node]) => [key, node.key]))).toEqual(
          Object.fromEntries(roots),
        );
      }),
      { numRuns: globalThis.DATABASE === "postgres" ? 10 : 80 },
    );
  });
});
