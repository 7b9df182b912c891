import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { present } from "../support/present";
import { startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";
import type { WalkPageQueryVariables } from "./documents/graphql";

const SaveWalked = graphql(`
  mutation SaveWalked($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      icp {
        id
      }
    }
  }
`);

const WalkPage = graphql(`
  query WalkPage($first: Int, $after: String, $last: Int, $before: String) {
    recommendations(first: $first, after: $after, last: $last, before: $before) {
      totalCount
      issues {
        code
        provider
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
      }
      edges {
        cursor
        node {
          id
          subject {
            ... on Company {
              id
            }
            ... on Person {
              id
            }
          }
        }
      }
    }
  }
`);

const SubjectsNow = graphql(`
  query SubjectsNow($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Recommendation {
        subject {
          ... on Company {
            id
          }
          ... on Person {
            id
          }
        }
      }
    }
  }
`);

const ROWS = 1_000;
const SERVING = ["SURFE", "LUSHA", "LETRICS"] as const;
type Serving = (typeof SERVING)[number];

/** Reads on, with these providers down, and looks back at some page before. */
interface Step {
  readonly size: number;
  readonly down: readonly Serving[];
  /** A place in what was read, in thousandths, and how many rows before it. */
  readonly back: { readonly at: number; readonly size: number } | null;
}

const size = fc.constantFrom(1, 3, 7, 25, 60, 100);
const anyStep: fc.Arbitrary<Step> = fc.record({
  size,
  down: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.subarray([...SERVING], { minLength: 1 }) },
  ),
  back: fc.option(fc.record({ at: fc.integer({ min: 0, max: 1000 }), size }), { freq: 2 }),
});

interface Row {
  readonly cursor: string;
  readonly id: string;
  readonly subject: string;
}

/** A reader of one merged list, and what it has seen of it. */
class Walk {
  readonly rows: Row[] = [];
  #ended = false;

  constructor(private readonly app: TestApp) {}

  get isOver(): boolean {
    return this.#ended || this.rows.length >= ROWS;
  }

  async step({ size: first, down, back }: Step): Promise<void> {
    this.#setDown(down);
    const { data, errors } = await this.app.query(WalkPage, { first, after: this.rows.at(-1)?.cursor ?? null });
    this.#setDown([]);
    if (errors) {
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(["PROVIDER_UNAVAILABLE"]);
      expect(down.length).toBeGreaterThan(0);
    } else {
      const { edges, issues, pageInfo } = present(data.recommendations);
      // One operation makes so many calls; the next page goes on.
      const failures = issues.filter(({ code }) => code !== "PROVIDER_CALLS_EXHAUSTED");
      for (const { provider } of failures) expect(down).toContain(provider);
      // The page is full from the others, unless they have no more; nobody down: unless nobody has.
      if (edges.length < first) expect(issues.length > 0 || !pageInfo.hasNextPage).toBe(true);
      this.#ended = !pageInfo.hasNextPage;
      this.rows.push(...edges.map(toRow));
    }
    if (back) await this.#lookBack(back.at, back.size);
  }

  async #lookBack(thousandths: number, last: number): Promise<void> {
    const rows = await this.shown();
    const at = Math.floor(((rows.length - 1) * thousandths) / 1000);
    const before = rows[at]?.cursor;
    if (before === undefined) return;
    const seen = await this.page({ last, before });
    expect(seen.map(placeOf)).toEqual(rows.slice(Math.max(0, at - last), at).map(placeOf));
  }

  /** The rows that were read, but for those whose subject has turned out to be that of an earlier one. */
  async shown(): Promise<readonly Row[]> {
    const { data } = await this.app.query(SubjectsNow, { ids: this.rows.map(({ id }) => id) });
    const subjects = data.nodes.map((node) => present(present(node).subject).id);
    return this.rows.filter((_, i) => subjects.indexOf(present(subjects[i])) === i);
  }

  async page(variables: WalkPageQueryVariables): Promise<readonly Row[]> {
    const { data } = await this.app.query(WalkPage, variables);
    return present(data.recommendations).edges.map(toRow);
  }

  #setDown(down: readonly Serving[]): void {
    const simulators = { SURFE: this.app.surfe, LUSHA: this.app.lusha, LETRICS: this.app.letrics };
    for (const provider of SERVING) {
      simulators[provider].control.failAlways(down.includes(provider) ? { kind: "status", status: 503 } : null);
    }
  }
}

interface WalkEdge {
  readonly cursor: string;
  readonly node: { readonly id: string; readonly subject: { readonly id: string } };
}

function toRow({ cursor, node }: WalkEdge): Row {
  return { cursor, id: node.id, subject: node.subject.id };
}

function placeOf({ cursor, id }: Row): string {
  return `${cursor} ${id}`;
}

async function startWalked(now: () => Date): Promise<TestApp> {
  const app = await startTestApp({
    providers: ["SURFE", "LUSHA", "LETRICS"],
    surfe: { companies: 1_500 },
    lusha: { companies: 1_500, setSize: 400 },
    letrics: { companies: 1_500 },
    now,
  });
  await app.query(SaveWalked, {
    input: {
      companies: { industries: ["Software", "SaaS", "Retail", "Energy", "Banking"] },
      exampleCompanies: [{ lushaCompanyId: "6504" }],
      examplePeople: [{ lusha: { personId: "675851474", companyId: "6504" } }],
    },
  });
  return app;
}

describe("a merged list, read while providers fail and return", () => {
  it("has no gap, no duplicate, and the same order on every reading", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(anyStep),
        fc.array(size, { minLength: 1, maxLength: 4 }),
        async (steps, sizes) => {
          let now = new Date("2026-11-20T10:00:00Z");
          const app = await startWalked(() => now);
          try {
            const walk = new Walk(app);
            for (const step of steps) {
              if (walk.isOver) break;
              now = new Date(now.getTime() + 11_000); // longer than a breaker stays open
              await walk.step(step);
            }
            const shown = await walk.shown();
            const again: Row[] = [];
            for (let turn = 0; again.length < shown.length; turn++) {
              const wanted = Math.min(sizes[turn % sizes.length] ?? 1, shown.length - again.length);
              again.push(...(await walk.page({ first: wanted, after: again.at(-1)?.cursor ?? null })));
            }
            expect(again.map(placeOf)).toEqual(shown.map(placeOf));
            expect(new Set(again.map(({ subject }) => subject)).size).toBe(again.length);
          } finally {
            await app.stop();
          }
        },
      ),
      { numRuns: 2 },
    );
  }, 600_000);
});
