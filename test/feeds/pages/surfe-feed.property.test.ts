import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { NoRowsError, InputError } from "../../../src/domain/errors";
import type { ConnectionWithIssues, RecommendationNode } from "../../../src/feeds/nodes";
import {
  anyScript,
  FeedScript,
  type Clock,
  type ScriptedServer,
  type Seen,
  type Step,
} from "../../support/feed-script";
import { spentSince } from "../../support/database";
import { callerWith } from "../../support/fake-feed";
import { startSurfeStack, TENANT, type SurfeStack } from "../../support/surfe-stack";

const COMPANIES = 500;

function seenIn(page: ConnectionWithIssues<RecommendationNode> | Error): Seen {
  if (page instanceof NoRowsError) return { error: page.failures[0].code };
  if (page instanceof InputError) return { error: page.code };
  if (page instanceof Error) throw page;
  const { hasPreviousPage, hasNextPage } = page.pageInfo;
  return {
    domains: page.nodes.map(({ subject }) => (subject.kind === "Company" ? subject.domain : null) ?? ""),
    cursors: page.edges.map(({ cursor }) => cursor),
    hasPreviousPage,
    hasNextPage,
    totalCount: page.totalCount,
    issues: page.issues.map(({ code }) => code),
  };
}

function serverOver(stack: SurfeStack): ScriptedServer {
  return {
    surfe: stack.surfe,
    read: async (pages) => {
      const requests = pages.map((page) => stack.request(page));
      return (await stack.pages().read(requests, callerWith())).map(seenIn);
    },
    restart: () => {
      stack.restart();
      return Promise.resolve();
    },
    spent: (since) => spentSince(stack.ledger, TENANT, "SURFE", since),
  };
}

async function play(script: readonly Step[]): Promise<number> {
  const clock: Clock = { now: new Date("2026-11-20T10:00:00Z") };
  const stack = await startSurfeStack({ surfe: { companies: COMPANIES }, maxWindow: 1_000, now: () => clock.now });
  try {
    await new FeedScript(serverOver(stack), clock, COMPANIES).play(script);
    return stack.surfe.control.calls().length;
  } finally {
    await stack.stop();
  }
}

describe("a feed of 500 companies", () => {
  it.each([
    [1, 500],
    [3, 167],
    [7, 72],
    [10, 50],
    [25, 20],
    [100, 5],
  ])("is paged by %i with %i fetches, and read back without one", async (size, fetches) => {
    const script = Array.from({ length: fetches }, () => ({ kind: "on", sizes: [size], trouble: "none" }) as const);
    expect(await play(script)).toBe(fetches + 1); // the profile was sent first
  });

  it("has no gap and no duplicate, and takes the fewest calls, whatever happens while it is read", async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, async (script) => {
        await play(script);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
