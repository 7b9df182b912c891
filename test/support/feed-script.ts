import { expect } from "@jest/globals";
import fc from "fast-check";
import type { PageArgs } from "../../src/relay/page-args";
import type { Fault } from "../../src/sandbox/simulator/faults";
import type { SurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";

/** What a reader got: a page, or the code of why there is none. */
export type Seen = SeenPage | { readonly error: string };

export interface SeenPage {
  readonly domains: readonly string[];
  readonly cursors: readonly string[];
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly totalCount: number | null;
  readonly issues: readonly string[];
}

/** A server that a script is played against: Surfe's recommendations for one profile. */
export interface ScriptedServer {
  readonly surfe: SurfeSimulator;
  /** All in one operation. */
  read(pages: readonly PageArgs[]): Promise<readonly Seen[]>;
  restart(): Promise<void>;
  spent(since: Date): Promise<number>;
}

/** How far a list was recorded, whether Surfe had said that there is no more, and whether that was still believed. */
interface Moment {
  readonly length: number;
  readonly isEnded: boolean;
  readonly isBelieved: boolean;
}

interface Circumstances {
  readonly failure: string | null;
  readonly before: Moment | null;
}

const CALM: Circumstances = { failure: null, before: null };

export interface Clock {
  now: Date;
}

type Trouble = "none" | "repeated" | "refused" | "lost";

/** `at` is a place in what is recorded, in thousandths. */
export type Step =
  | { readonly kind: "on"; readonly sizes: readonly number[]; readonly trouble: Trouble }
  | { readonly kind: "again"; readonly at: number; readonly size: number }
  | { readonly kind: "back"; readonly at: number; readonly size: number }
  | { readonly kind: "tail"; readonly size: number }
  | { readonly kind: "day"; readonly inserted: number }
  | { readonly kind: "restart" };

export const PAGE_SIZES = [1, 3, 7, 10, 25, 100] as const;

const size = fc.constantFrom(...PAGE_SIZES);
const place = fc.integer({ min: 0, max: 1000 });

/** Any mixture of page sizes and directions, day turns, failures and restarts. */
export const anyScript: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("on" as const),
        sizes: fc.array(size, { minLength: 1, maxLength: 3 }),
        trouble: fc.oneof(
          { weight: 5, arbitrary: fc.constant("none" as const) },
          { weight: 2, arbitrary: fc.constantFrom("repeated" as const, "refused" as const, "lost" as const) },
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("again" as const), at: place, size }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("back" as const), at: place, size }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("tail" as const), size }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("day" as const), inserted: fc.constantFrom(0, 0, 1, 30) }) },
    { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
  ),
  { minLength: 5, maxLength: 40, size: "max" },
);

const FETCH = "/v2/recommendations/fetch";
const DAY_MS = 86_400_000;
/** Longer than the breaker stays open. */
const STEP_MS = 11_000;

const FAULTS: Readonly<Record<Exclude<Trouble, "none" | "repeated">, Fault>> = {
  refused: { kind: "status", status: 503, path: FETCH },
  lost: { kind: "malformed", path: FETCH },
};
const CODES = { refused: "PROVIDER_UNAVAILABLE", lost: "PROVIDER_BAD_RESPONSE" } as const;
const REPEATED: readonly [Fault, ...Fault[]] = [
  { kind: "status", status: 500, path: FETCH },
  { kind: "reset", when: "before", path: FETCH },
  { kind: "reset", when: "after", path: FETCH },
  { kind: "truncated", path: FETCH },
];

/**
 * Plays a script, and after every step holds what came against what the simulator says it gave out: each company once,
 * in the order in which they came, and with the fewest calls that can be made by one who does not know when a day turns.
 */
export class FeedScript {
  #record: readonly string[] = [];
  readonly #cursors: string[] = [];
  /** Whether Surfe has said that there is no more, and whether that is still believed. */
  #ended = false;
  #believed = false;
  /** Whether a day began since the last call that brought something. */
  #turned = false;
  /** The rows of today's list that came before others, because the window began at an offset of the day before. */
  #probed: SurfeFetch | null = null;
  #failures = 0;
  #steps = 0;

  constructor(
    private readonly server: ScriptedServer,
    private readonly clock: Clock,
    private known: number,
  ) {}

  async play(script: readonly Step[]): Promise<void> {
    for (const step of script) await this.#step(step);
    while (!this.#believed) await this.#step({ kind: "on", sizes: [100], trouble: "none" });
    await this.#checkWhole();
  }

  async #step(step: Step): Promise<void> {
    this.clock.now = new Date(this.clock.now.getTime() + STEP_MS);
    this.#steps += 1;
    switch (step.kind) {
      case "on":
        return this.#on(step.sizes, step.trouble);
      case "again":
        return this.#again(this.#placeAt(step.at), step.size);
      case "back":
        return this.#back(this.#placeAt(step.at), step.size);
      case "tail":
        return this.#tail(step.size);
      case "day":
        this.#turnDay(step.inserted);
        return;
      case "restart":
        await this.server.restart();
        return;
      default:
        return step satisfies never;
    }
  }

  #placeAt(thousandths: number): number {
    return Math.round((this.#cursors.length * thousandths) / 1000);
  }

  #cursorBefore(position: number): string | null {
    return this.#cursors[position - 1] ?? null;
  }

  /** Reads on from where reading stopped, several pages at once. */
  async #on(sizes: readonly number[], wanted: Trouble): Promise<void> {
    const from = this.#cursors.length;
    const want = from + Math.max(...sizes) - this.#record.length;
    const calling = !this.#believed && want > 0;
    const trouble = calling ? this.#cause(wanted) : "none";
    const given = this.#given().length;
    const calls = this.#fetches().length;
    const before = this.#moment();
    const seen = await this.server.read(sizes.map((first) => ({ first, after: this.#cursorBefore(from) })));
    this.server.surfe.control.failAlways(null);
    const failed = trouble === "refused" || trouble === "lost";
    if (calling && !failed) {
      const fetches = this.#fetches().slice(calls);
      expect(fetches).toHaveLength(this.#fewest(want, fetches));
      this.#record = unique([...this.#record, ...this.#given().slice(given)]);
      this.#believed = this.#ended = this.#record.length === this.known;
      this.#turned = false;
      this.#failures = 0;
    }
    if (!calling) expect(this.#fetches()).toHaveLength(calls);
    seen.forEach((page, i) =>
      this.#check(page, from, from + (sizes[i] ?? 0), { failure: failed ? CODES[trouble] : null, before }),
    );
  }

  /** Makes the coming calls fail. @returns what will come of it. */
  #cause(trouble: Trouble): Trouble {
    const { control } = this.server.surfe;
    if (trouble === "repeated") {
      if (this.#failures > 0) return "none"; // the breaker would open before the call could be repeated
      control.failNext(REPEATED[this.#steps % REPEATED.length] ?? REPEATED[0]);
    } else if (trouble !== "none") {
      control.failAlways(FAULTS[trouble]);
      this.#failures += 1;
    }
    return trouble;
  }

  /**
   * One call, as no window is too large here. Where the day has turned, one cannot know: the first window begins at an
   * offset of the day before, and where it brings too little, a second one begins at 0. Whoever comes to the rows of
   * such a window later on, or to their place where another day has begun since, goes on with a second call.
   */
  #fewest(want: number, [first, second]: readonly SurfeFetch[]): number {
    const left = this.known - this.#record.length;
    const probed = this.#probed;
    if (first && this.#turned && first.from > 0) {
      const brought = Math.max(0, Math.min(left, first.to) - first.from);
      this.#probed = { from: first.from, to: first.from + brought };
      const rest = Math.min(want, left) - brought;
      if (rest <= 0 && left > 0) return 1;
      return rest > first.from ? 3 : 2; // more only where the first window was cut short by rows of an earlier one
    }
    if (!probed || first?.to !== probed.from + 1) return 1;
    this.#probed = null;
    return second && [probed.from, probed.to - 1].includes(second.from) ? 2 : 1;
  }

  async #again(from: number, size: number): Promise<void> {
    if (from + size > this.#record.length && !this.#believed) return; // that is `on`
    const calls = this.#fetches().length;
    const [seen] = await this.server.read([{ first: size, after: this.#cursorBefore(from) }]);
    this.#check(seen, from, from + size);
    expect(this.#fetches()).toHaveLength(calls);
  }

  async #back(to: number, size: number): Promise<void> {
    const before = this.#cursors[to];
    if (before === undefined) return; // nothing is recorded there
    const [seen] = await this.server.read([{ last: size, before }]);
    this.#check(seen, Math.max(0, to - size), to);
  }

  async #tail(size: number): Promise<void> {
    const [seen] = await this.server.read([{ last: size }]);
    if (!this.#ended) expect(seen).toEqual({ error: "BAD_USER_INPUT" });
    else this.#check(seen, Math.max(0, this.#record.length - size), this.#record.length);
  }

  #turnDay(inserted: number): void {
    // What an answer that was lost held will not be offered on another day: nobody can serve it then.
    if (unique(this.#given()).length > this.#record.length) return;
    this.server.surfe.control.insert(inserted);
    this.known += inserted;
    this.clock.now = new Date(this.clock.now.getTime() + DAY_MS);
    this.#turned = this.#record.length > 0;
    this.#believed = false;
  }

  #moment(): Moment {
    return { length: this.#record.length, isEnded: this.#ended, isBelieved: this.#believed };
  }

  /**
   * @param failure of the call that was made for the page.
   * @param before when the page was asked for. Where all its rows were recorded then, it is of that moment or of now.
   */
  #check(seen: Seen | undefined, from: number, to: number, { failure, before }: Circumstances = CALM): void {
    const domains = this.#record.slice(from, to);
    const whole = domains.length === to - from;
    if (failure !== null && domains.length === 0) {
      expect(seen).toEqual({ error: failure });
      return;
    }
    const cursors = seen && "cursors" in seen ? seen.cursors : [];
    cursors.forEach((cursor, i) => (this.#cursors[from + i] ??= cursor));
    const pageOf = ({ length, isEnded, isBelieved }: Moment): Seen => ({
      domains,
      cursors: this.#cursors.slice(from, from + domains.length),
      hasPreviousPage: from > 0,
      hasNextPage: from + domains.length < length || !isBelieved,
      totalCount: isEnded ? length : null,
      issues: failure === null || whole ? [] : [failure],
    });
    const wasRecorded = before !== null && to <= before.length;
    const moments = wasRecorded ? [this.#moment(), before] : [this.#moment()];
    expect(moments.map(pageOf)).toContainEqual(seen);
  }

  /** Everything the simulator gave out is served exactly once, and the same forward and backward. */
  async #checkWhole(): Promise<void> {
    const calls = this.#fetches().length;
    const forward: string[] = [];
    for (let after: string | null = null; forward.length < this.known; after = this.#cursorBefore(forward.length)) {
      const [seen] = await this.server.read([{ first: PAGE_SIZES[forward.length % 6] ?? 1, after }]);
      forward.push(...domainsOf(seen));
    }
    const backward: string[] = [];
    for (let before: string | null = null; backward.length < this.known;) {
      const [seen] = await this.server.read([{ last: PAGE_SIZES[backward.length % 6] ?? 1, before }]);
      backward.unshift(...domainsOf(seen));
      before = this.#cursors[this.known - backward.length] ?? null;
    }
    expect(forward).toEqual(this.#record);
    expect(backward).toEqual(this.#record);
    expect([...forward].sort()).toEqual([...unique(this.#given())].sort());
    expect(this.#fetches()).toHaveLength(calls);
    const { now } = this.clock;
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
    expect(await this.server.spent(month)).toBe(this.server.surfe.control.charged());
  }

  #given(): readonly string[] {
    return this.server.surfe.control.fetchedCompanies();
  }

  /** The windows that Surfe answered. */
  #fetches(): readonly SurfeFetch[] {
    return this.server.surfe.control
      .calls()
      .filter(({ path, status }) => path === FETCH && status === 200)
      .map(({ body }) => (body as { readonly pagination: SurfeFetch }).pagination);
  }
}

interface SurfeFetch {
  readonly from: number;
  readonly to: number;
}

function unique(domains: readonly string[]): readonly string[] {
  return [...new Set(domains)];
}

function domainsOf(seen: Seen | undefined): readonly string[] {
  return seen && "domains" in seen ? seen.domains : [];
}
