import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { entityKey, type EntityKey } from "../../src/domain/entity-key";
import { UNKNOWN_PERSON } from "../../src/domain/person";
import { NOBODY } from "../../src/feeds/feed/feed-people.port";
import type { Extension, FeedHead, NewItem } from "../../src/feeds/feed/feed-model";
import type { ExpectedGrowth, FeedSource } from "../../src/feeds/feed/feed-source.port";
import type { EntityNode } from "../../src/feeds/nodes";
import { plainReader } from "../../src/feeds/pages/row-reader";
import { toPageRequest, type PageArgs } from "../../src/relay/page-args";
import { openDatabase, type Database } from "../../src/store/open-database";
import { SqlPeople } from "../../src/store/people.sql";
import { createCommonServices, type CommonServices } from "../../src/wiring/services";
import { storesOf } from "../../src/wiring/stores";
import { callerWith, NOW } from "../support/fake-feed";
import { temporaryFolder } from "../support/server-process";
import { ACME_TENANT } from "../support/tenants";

const PEOPLE = 40;

/** `offsets`: gives what follows. `totals`: gives everything from the beginning each time. */
type Paging = "offsets" | "totals";

/** `person` and `from` pick among those who were seen so far; `from` 0 is the beginning. */
type Step =
  | { readonly kind: "read"; readonly from: number; readonly first: number }
  | { readonly kind: "back"; readonly from: number; readonly last: number }
  | { readonly kind: "forget"; readonly person: number }
  | { readonly kind: "follow" }
  | { readonly kind: "restart" };

const pick = fc.nat({ max: PEOPLE });
const size = fc.integer({ min: 1, max: 8 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("read" as const), from: pick, first: size }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("back" as const), from: pick, last: size }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("forget" as const), person: pick }) },
  { weight: 2, arbitrary: fc.constant({ kind: "follow" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);

/** Some people have an address, some an id, and some both: of those, some rows have only one. */
function keysOf(person: number): readonly EntityKey[] {
  const address = entityKey("Person", "linkedin", `p${String(person)}`);
  const id = entityKey("Person", "surfe", `id-${String(person)}`);
  return [[address], [id], [address, id]][person % 3] ?? [];
}

function itemOf(person: number): NewItem {
  const keys = keysOf(person);
  const fields = { ...UNKNOWN_PERSON, fullName: String(person) };
  return {
    subject: keys[0] ?? entityKey("Person", "surfe", ""),
    content: null,
    records: [{ kind: "Person", provider: "SURFE", providerId: null, keys, fields, employer: null }],
  };
}

class Source implements FeedSource {
  readonly provider = "SURFE";
  readonly unavailable = null;
  readonly maxAgeMs = Infinity;
  readonly recheckAfterMs = null;
  /** How many people it has given, each counted once. */
  given = 0;

  constructor(private readonly paging: Paging) {}

  callsFor(): number {
    return 1;
  }

  creditsFor(want: number): number {
    return want;
  }

  grown(want: number): ExpectedGrowth {
    return { rows: want, state: null, ended: false };
  }

  extend({ state }: FeedHead, want: number): Promise<Extension> {
    const from = Number(state ?? 0);
    const to = Math.min(PEOPLE, from + want);
    this.given = to;
    const first = this.paging === "totals" ? 0 : from;
    const items = Array.from({ length: to - first }, (_, i) => itemOf(first + i));
    const charge = { kind: "credits", credits: to - from } as const;
    return Promise.resolve({ items, state: to, ended: to === PEOPLE, total: null, charge });
  }
}

/** A server over a database, and a command beside it. */
class Play {
  readonly #seen: number[] = [];
  readonly #cursors = new Map<number, string>();
  readonly #forgotten = new Set<number>();
  /** People whose end the server has not heard of. */
  #unheard = 0;
  readonly #source: Source;
  #services: CommonServices;
  #tell: () => void = () => undefined;

  constructor(
    private readonly server: Database,
    private readonly beside: Database,
    paging: Paging,
  ) {
    this.#source = new Source(paging);
    this.#services = this.#start();
  }

  async step(step: Step): Promise<void> {
    if (step.kind === "read") await this.read(this.#at(step.from), step.first);
    else if (step.kind === "back") await this.#back(this.#at(step.from), step.last);
    else if (step.kind === "forget") await this.#forget(this.#at(step.person));
    else if (step.kind === "follow") this.follow();
    else this.#services = this.#start();
  }

  follow(): void {
    this.#tell();
    this.#unheard = 0;
  }

  /** @param after a person; -1: from the beginning. @returns the last person of the page; `null`: it is empty. */
  async read(after: number, first: number): Promise<number | null> {
    const before = this.#source.given;
    const people = await this.#page({ first, after: this.#cursors.get(after) ?? null });
    this.#checkOrder(people, after);
    const behind = [...this.#forgotten].filter((person) => person > after).length;
    expect(people.length).toBeLessThanOrEqual(first);
    expect(people.length).toBeGreaterThanOrEqual(Math.min(first, PEOPLE - 1 - after) - behind);
    const living = (from: number, to: number): number =>
      Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i).filter((one) => !this.#forgotten.has(one))
        .length;
    if (people.length === 0) expect(living(after + 1, PEOPLE)).toBe(0);
    // No more is bought than the page needs, as if nobody had been forgotten; but an empty page needs a row.
    const isEmpty = living(after + 1, before) === 0;
    if (this.#source.given > before) {
      const most = isEmpty ? Math.max(before, after + 1) + first : after + 1 + first;
      if (this.#unheard === 0 || !isEmpty)
        expect(this.#source.given).toBeLessThanOrEqual(Math.min(PEOPLE, Math.max(most, 0)));
    }
    return people.at(-1) ?? null;
  }

  async #back(before: number, last: number): Promise<void> {
    if (before < 0 || this.#unheard > 0) return;
    const given = this.#source.given;
    const people = await this.#page({ last, before: this.#cursors.get(before) ?? null });
    const earlier = Array.from({ length: before }, (_, i) => i).filter((person) => !this.#forgotten.has(person));
    expect(people).toEqual(earlier.slice(-last));
    expect(this.#source.given).toBe(given);
  }

  async #forget(person: number): Promise<void> {
    const [key] = keysOf(person);
    if (key === undefined) return;
    const found = await new SqlPeople(this.beside, NOBODY).forget(ACME_TENANT, key, NOW);
    expect(found === null).toBe(this.#forgotten.has(person));
    this.#forgotten.add(person);
    this.#unheard += 1;
  }

  /** Nobody of whom the server has heard, nobody twice, and all others in between. */
  #checkOrder(people: readonly number[], after: number): void {
    let previous = after;
    for (const person of people) {
      expect(person).toBeGreaterThan(previous);
      for (let skipped = previous + 1; skipped < person; skipped += 1) expect(this.#forgotten).toContain(skipped);
      if (this.#unheard === 0) expect(this.#forgotten).not.toContain(person);
      previous = person;
    }
  }

  async #page(args: PageArgs): Promise<readonly number[]> {
    const name = { tenant: ACME_TENANT, connection: "people", provider: "SURFE", query: "{}" } as const;
    const request = { name, source: this.#source, absent: [], page: toPageRequest(args), rowReader: reader };
    const { feedPages } = this.#services.graph;
    const page = feedPages.peek(request) ?? (await feedPages.read([request], callerWith()))[0];
    if (page === undefined || page instanceof Error) throw page ?? new Error("no page");
    return page.edges.map(({ node, cursor }) => {
      const person = node.kind === "Person" ? Number(node.fullName) : NaN;
      expect(this.#cursors.get(person) ?? cursor).toBe(cursor);
      if (!this.#cursors.has(person)) this.#seen.push(person);
      this.#cursors.set(person, cursor);
      return person;
    });
  }

  /** One of those who were seen; -1: none. */
  #at(index: number): number {
    return this.#seen[index - 1] ?? this.#seen.at(-1) ?? -1;
  }

  #start(): CommonServices {
    this.#unheard = 0;
    return createCommonServices(storesOf(this.server), {
      cursorSecrets: [Buffer.alloc(32, 1)],
      budgetOf: () => null,
      now: () => NOW,
      held: { report: () => undefined },
      processes: null,
      onWrite: (listener) => {
        this.#tell = () => listener(null, true, null);
      },
    });
  }
}

const reader = plainReader<EntityNode>(({ subject }) => subject);

async function play(paging: Paging, steps: readonly Step[]): Promise<void> {
  const folder = temporaryFolder();
  const path = join(folder.path, "tributary.db");
  const [server, beside] = [await openDatabase(path), await openDatabase(path)];
  try {
    const played = new Play(server, beside, paging);
    for (const step of steps) await played.step(step);
    played.follow();
    let at: number | null = -1;
    while (at !== null) at = await played.read(at, 7);
  } finally {
    await server.destroy();
    await beside.destroy();
    folder.remove();
  }
}

describe("a list whose people are forgotten between its pages", () => {
  it.each(["offsets", "totals"] as const)(
    "of a provider that pages by %s serves none of them, loses and repeats no other, and buys nothing in their place",
    async (paging) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40 }), (steps) => play(paging, steps)),
        { numRuns: 20, endOnFailure: true },
      );
    },
  );
});
