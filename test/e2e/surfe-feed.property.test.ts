import { join } from "node:path";
import { describe, it } from "@jest/globals";
import fc from "fast-check";
import type { PageArgs } from "../../src/relay/page-args";
import { anyScript, FeedScript, type Clock, type ScriptedServer, type Seen, type Step } from "../support/feed-script";
import { temporaryFolder } from "../support/server-process";
import { startTestApp, type Answer, type TestApp } from "../support/test-app";
import { graphql } from "./documents";
import type { ScriptedPagesQuery } from "./documents/graphql";

const SaveScripted = graphql(`
  mutation SaveScripted {
    upsertICP(input: { externalUserId: "u1" }) {
      icp {
        externalUserId
      }
    }
  }
`);

const ScriptedPages = graphql(`
  query ScriptedPages(
    $after: String
    $before: String
    $first: Int
    $last: Int
    $second: Int = 0
    $third: Int = 0
    $isSecond: Boolean!
    $isThird: Boolean!
  ) {
    one: recommendations(externalUserId: "u1", first: $first, after: $after, last: $last, before: $before) {
      ...ScriptedPage
    }
    two: recommendations(externalUserId: "u1", first: $second, after: $after) @include(if: $isSecond) {
      ...ScriptedPage
    }
    three: recommendations(externalUserId: "u1", first: $third, after: $after) @include(if: $isThird) {
      ...ScriptedPage
    }
  }

  fragment ScriptedPage on RecommendationConnection {
    totalCount
    issues {
      code
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
    }
    edges {
      cursor
      node {
        company {
          domain
        }
      }
    }
  }
`);

const ScriptedSpent = graphql(`
  query ScriptedSpent($since: DateTime!) {
    providers {
      provider
      creditsSpent(since: $since)
    }
  }
`);

const NAMES = ["one", "two", "three"] as const;

function seenIn({ data, errors }: Answer<ScriptedPagesQuery>, name: (typeof NAMES)[number]): Seen {
  const page = data[name];
  if (!page) return { error: errors?.find(({ path }) => path?.[0] === name)?.extensions.code ?? "no error" };
  return {
    domains: page.edges.map(({ node }) => node.company?.domain ?? ""),
    cursors: page.edges.map(({ cursor }) => cursor),
    hasPreviousPage: page.pageInfo.hasPreviousPage,
    hasNextPage: page.pageInfo.hasNextPage,
    totalCount: page.totalCount ?? null,
    issues: page.issues.map(({ code }) => code),
  };
}

function serverOver(app: TestApp): ScriptedServer {
  return {
    surfe: app.surfe,
    read: async (pages) => {
      const [one, two, three] = pages;
      const answer = await app.query(ScriptedPages, {
        ...variablesOf(one ?? {}),
        second: two?.first ?? 0,
        third: three?.first ?? 0,
        isSecond: two !== undefined,
        isThird: three !== undefined,
      });
      return pages.map((_, i) => seenIn(answer, NAMES[i] ?? "one"));
    },
    restart: () => app.restart(),
    spent: async (since) => {
      const { data } = await app.query(ScriptedSpent, { since: since.toISOString() });
      return data.providers.find(({ provider }) => provider === "SURFE")?.creditsSpent ?? NaN;
    },
  };
}

function variablesOf({ first, after, last, before }: PageArgs) {
  return { first: first ?? null, after: after ?? null, last: last ?? null, before: before ?? null };
}

async function play(script: readonly Step[]): Promise<void> {
  const clock: Clock = { now: new Date("2026-11-29T10:00:00Z") };
  const folder = temporaryFolder();
  const app = await startTestApp({
    surfe: { companies: 120, maxWindow: 1_000 },
    env: { SURFE_MAX_WINDOW: "1000" },
    databasePath: join(folder.path, "tributary.db"),
    now: () => clock.now,
    losesCharges: true,
  });
  try {
    await app.query(SaveScripted);
    await new FeedScript(serverOver(app), clock, 120).play(script);
  } finally {
    await app.stop();
    folder.remove();
  }
}

describe("Query.recommendations", () => {
  it("has no gap and no duplicate, and takes the fewest calls, through day turns, failures and restarts", async () => {
    await fc.assert(fc.asyncProperty(anyScript, play), { numRuns: 4, endOnFailure: true });
  });
});
