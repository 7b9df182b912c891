import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { SimulatorCall } from "../../src/sandbox/simulator/call-log";
import type { Fault } from "../../src/sandbox/simulator/faults";
import { readPage, spentAt, type ReadPage } from "../contract/read-page";
import { startTestApp, type TestApp } from "../support/test-app";

type Kind = "LUSHA" | "LINKUP" | "LETRICS";

/** One thing that happens; `from` picks among the places seen so far. */
type Step =
  | { readonly kind: "read"; readonly from: number; readonly sizes: readonly number[] }
  | { readonly kind: "back"; readonly from: number; readonly last: number }
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "disturb" }
  | { readonly kind: "restart" };

/** How a provider is asked, what may disturb its list, and what its own log must show. */
interface Rules {
  readonly field: (args: string) => string;
  readonly simulator: (app: TestApp) => { readonly control: Control };
  /** Rows of its own that it gave so far, each once. */
  readonly given: (app: TestApp) => number;
  readonly disturb: (app: TestApp) => void;
  readonly check: (calls: readonly SimulatorCall[], app: TestApp) => void;
}

interface Control {
  calls(): readonly SimulatorCall[];
  charged(): number;
  failNext(...faults: readonly Fault[]): void;
}

const STATUS: readonly Fault[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 429 },
  { kind: "status", status: 400 },
  { kind: "reset", when: "before" },
];

const place = fc.nat({ max: 60 });
const size = fc.integer({ min: 1, max: 40 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("read" as const),
      from: place,
      sizes: fc.array(size, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("back" as const), from: place, last: size }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("fault" as const), fault: fc.constantFrom(...STATUS) }) },
  { weight: 2, arbitrary: fc.constant({ kind: "disturb" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);

const answered = (calls: readonly SimulatorCall[]) => calls.filter(({ status }) => status === 200);

const RULES: Readonly<Record<Kind, Rules>> = {
  LUSHA: {
    field: (args) => `similarCompanies(companies: [{ lushaCompanyId: "6504" }], ${args})`,
    simulator: ({ lusha }) => lusha,
    given: ({ lusha }) => lusha.control.returned().companies.length,
    disturb: ({ lusha }) => lusha.control.expireSessions(),
    check: (_, { lusha }) => {
      // a credit a row: whatever was charged beyond the rows given was bought twice
      expect(lusha.control.charged()).toBe(lusha.control.returned().companies.length);
    },
  },
  LINKUP: {
    field: (args) => `networkRecommendations(${args})`,
    simulator: ({ linkup }) => linkup,
    given: ({ linkup }) => linkup.control.returned().people.length,
    disturb: ({ linkup }) => linkup.control.rerank(),
    check: (calls) => {
      const asked = answered(calls).map(({ body }) => (body as { readonly total_results: number }).total_results);
      asked.slice(1).forEach((people, i) => expect(people).toBeGreaterThanOrEqual(Math.min(300, 2 * (asked[i] ?? 0))));
    },
  },
  LETRICS: {
    field: (args) => `companies(${args})`,
    simulator: ({ letrics }) => letrics,
    given: ({ letrics }) => letrics.control.returned().companies.length,
    disturb: ({ letrics }) => letrics.control.insert(3),
    check: (calls) => {
      let reached = 0;
      for (const { body } of answered(calls)) {
        const { page, per_page: perPage } = body as { readonly page: number; readonly per_page: number };
        expect((page - 1) * perPage).toBe(reached);
        reached += perPage;
      }
    },
  },
};

/** What readers have seen, and what has to hold of it. */
class Reading {
  readonly #rows: string[] = [];
  readonly #cursors: string[] = [];

  constructor(
    private readonly app: TestApp,
    private readonly provider: Kind,
    /** Time passes: a breaker that opened lets a probe through. */
    private readonly pass: () => void,
  ) {}

  /** Readers at one place at one time; none of them sees a gap, a duplicate or another order. */
  async read(from: number, sizes: readonly number[]): Promise<readonly (ReadPage | null)[]> {
    const at = Math.min(from, this.#rows.length);
    const after = at === 0 ? "" : `, after: "${this.#cursors[at - 1] ?? ""}"`;
    const pages = await Promise.all(sizes.map((first) => this.#page(`first: ${first}${after}`)));
    for (const [i, page] of pages.entries()) if (page) this.#see(page, at, sizes[i] ?? 0);
    return pages;
  }

  async back(from: number, last: number): Promise<void> {
    const before = Math.min(from, this.#rows.length - 1);
    if (before < 0) return;
    const calls = this.#calls.length;
    const page = await this.#page(`last: ${last}, before: "${this.#cursors[before] ?? ""}"`);
    expect(page?.ids).toEqual(this.#rows.slice(Math.max(0, before - last), before));
    expect(this.#calls).toHaveLength(calls);
  }

  /** To the end: whatever the provider gave is there, and nothing besides. */
  async finish(): Promise<void> {
    let isWhole = false;
    for (let tries = 0; tries < 30 && !isWhole; tries++) {
      this.pass();
      const [page] = await this.read(this.#rows.length, [100]);
      isWhole = page?.hasNextPage === false;
    }
    expect(isWhole).toBe(true);
    expect(this.#rows).toHaveLength(RULES[this.provider].given(this.app));
    const calls = this.#calls.length;
    await this.read(0, [100]);
    expect(this.#calls).toHaveLength(calls);
  }

  async check(): Promise<void> {
    const { simulator, check } = RULES[this.provider];
    expect(new Set(this.#rows).size).toBe(this.#rows.length);
    expect(await spentAt(this.app, this.provider)).toBe(simulator(this.app).control.charged());
    check(this.#calls, this.app);
  }

  get #calls(): readonly SimulatorCall[] {
    return RULES[this.provider].simulator(this.app).control.calls();
  }

  /** `null` where the provider failed and nothing could be served. */
  async #page(args: string): Promise<ReadPage | null> {
    try {
      return await readPage(this.app, RULES[this.provider].field(args));
    } catch (error) {
      expect(String(error)).toMatch(/"code":"PROVIDER_/);
      return null;
    }
  }

  #see({ ids, cursors, issues, hasNextPage }: ReadPage, at: number, asked: number): void {
    ids.forEach((id, i) => {
      const known = this.#rows[at + i];
      if (known === undefined) {
        this.#rows.push(String(id));
        this.#cursors.push(cursors[i] ?? "");
      } else expect([id, cursors[i]]).toEqual([known, this.#cursors[at + i]]);
    });
    if (ids.length < asked && issues.length === 0) expect(hasNextPage).toBe(false);
    expect(ids.length).toBeLessThanOrEqual(asked);
  }
}

async function play(provider: Kind, script: readonly Step[]): Promise<void> {
  let now = Date.UTC(2026, 10, 20, 12);
  const folder = mkdtempSync(join(tmpdir(), "tributary-"));
  const app = await startTestApp({
    providers: [provider],
    lusha: { companies: 600, setSize: 90 },
    linkup: { companies: 200, people: 75 },
    letrics: { companies: 120 },
    databasePath: join(folder, "feeds.db"),
    now: () => new Date(now),
  });
  const pass = (): void => {
    now += 11_000;
  };
  try {
    const reading = new Reading(app, provider, pass);
    const { control } = RULES[provider].simulator(app);
    for (const step of script) {
      pass();
      if (step.kind === "read") await reading.read(step.from, step.sizes);
      else if (step.kind === "back") await reading.back(step.from, step.last);
      else if (step.kind === "fault")
        control.failNext(...Array.from({ length: provider === "LETRICS" ? 3 : 1 }, () => step.fault));
      else if (step.kind === "disturb") RULES[provider].disturb(app);
      else await app.restart();
      await reading.check();
    }
    await app.restart();
    await reading.finish();
    await reading.check();
  } finally {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("every list", () => {
  it.each(["LUSHA", "LINKUP", "LETRICS"] as const)("of %s loses, repeats and buys twice no row", async (provider) => {
    const scripts = fc.array(anyStep, { minLength: 5, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(scripts, (script) => play(provider, script)),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
