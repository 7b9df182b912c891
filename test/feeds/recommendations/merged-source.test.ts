import { afterEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { UNKNOWN_COMPANY } from "../../../src/domain/company";
import { entityKey } from "../../../src/domain/entity-key";
import { NoRowsError, ProviderError } from "../../../src/domain/errors";
import type { Provider } from "../../../src/domain/provider";
import type { NewItem } from "../../../src/feeds/feed/feed-model";
import type { ConnectionWithIssues, RecommendationNode } from "../../../src/feeds/nodes";
import { plainReader } from "../../../src/feeds/pages/row-reader";
import type { PageArgs } from "../../../src/relay/page-args";
import { mergedQuery } from "../../../src/feeds/profiles/merged-query";
import { callerWith, HEAD } from "../../support/fake-feed";
import { ScriptedList, startMergedStack, type MergedStack } from "../../support/merged-stack";
import { ANYBODY } from "../../support/surfe-stack";
import { ACME_TENANT } from "../../support/tenants";

const PROVIDERS = ["SURFE", "LUSHA", "LETRICS"] as const;

let stack: MergedStack;
afterEach(() => stack.stop());

/** A row of a provider about the company of that name; `recommended` or only found. */
function row(provider: Provider, name: string, recommended = true): NewItem {
  const key = entityKey("Company", "domain", `${name}.com`);
  const record = {
    kind: "Company",
    provider,
    providerId: null,
    keys: [key],
    fields: { ...UNKNOWN_COMPANY, name },
  } as const;
  return {
    subject: key,
    content: recommended ? { provider, generatedAt: null, reasons: [], people: [] } : null,
    records: [record],
  };
}

function list(provider: Provider, names: string, perCall?: { readonly least: number; readonly most: number }) {
  const rows = names.split("").map((name) => row(provider, name));
  return new ScriptedList(provider, rows, perCall);
}

type Page = ConnectionWithIssues<RecommendationNode>;

async function read(args: PageArgs, caller = callerWith()): Promise<Page> {
  const [answer] = await stack.pages.read([stack.request(args)], caller);
  if (!answer || answer instanceof Error) throw answer ?? new Error("no answer");
  return answer;
}

/** Whom the rows are about, a letter a row. */
function names({ nodes }: Page): string {
  return nodes.map(({ subject }) => subject.key.replace("Company:domain:", "").replace(".com", "")).join("");
}

/** What turns give, by the rule alone: round and round, each the next name that was not given yet. */
function model(lists: readonly string[]): string {
  const left = lists.map((all) => all.split(""));
  let given = "";
  for (let turn = 0; left.some((all) => all.some((name) => !given.includes(name))); turn++) {
    const own = left[turn % lists.length] ?? [];
    while (own[0] !== undefined && given.includes(own[0])) own.shift();
    given += own.shift() ?? "";
  }
  return given;
}

describe("a merged list", () => {
  it("gives turns, passes over who has no more, and ends with the last", async () => {
    stack = await startMergedStack(list("SURFE", "abcd"), list("LUSHA", "xb"), list("LETRICS", "cyaz"));
    const whole = await read({ first: 20 });
    expect(names(whole)).toBe("axcbydz");
    expect([whole.pageInfo.hasNextPage, whole.totalCount]).toEqual([false, 7]);
  });

  it("asks each list for its turns and no more, all of them at once", async () => {
    const lists = [list("SURFE", "abcdefgh"), list("LUSHA", "ijklmnop"), list("LETRICS", "qrstuvwx")] as const;
    stack = await startMergedStack(...lists);
    expect(names(await read({ first: 4 }))).toBe("aiqb");
    expect(lists.map(({ wants }) => wants)).toEqual([[2], [1], [1]]);
    const page = await read({ first: 6 });
    expect(names(page)).toBe("aiqbjr");
    expect(lists.map(({ wants }) => wants)).toEqual([[2], [1, 1], [1, 1]]);
    expect(names(await read({ first: 1, after: page.pageInfo.endCursor }))).toBe("c");
    expect(lists.map(({ wants }) => wants)).toEqual([
      [2, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  it("asks for more each time where a list gives only what is known, a few times a page, and goes on with the next page", async () => {
    const surfe = list("SURFE", "abcdefghijklmnopqrstuvw");
    const letrics = list("LETRICS", "abcdefghijklmnopqrstuvwxyz");
    stack = await startMergedStack(surfe, letrics);
    const page = await read({ first: 26 });
    expect(names(page)).toBe("abcdefghijklmnopqrstuvwx");
    expect(page.issues.map(({ provider, code }) => [provider, code])).toEqual([
      ["LETRICS", "PROVIDER_CALLS_EXHAUSTED"],
    ]);
    expect([surfe.wants, letrics.wants]).toEqual([
      [13, 6, 3, 2],
      [13, 7, 3, 1],
    ]);
    const last = await read({ first: 26, after: page.pageInfo.endCursor });
    expect([names(last), last.issues, last.pageInfo.hasNextPage]).toEqual(["yz", [], false]);
  });

  it("passes over rows that were found, not recommended", async () => {
    const letrics = new ScriptedList("LETRICS", [row("LETRICS", "x", false), row("LETRICS", "y"), row("LETRICS", "a")]);
    stack = await startMergedStack(list("SURFE", "ab"), letrics);
    expect(names(await read({ first: 9 }))).toBe("ayb");
  });

  it("goes on after a restart where it stood, also in a list that was read on meanwhile", async () => {
    stack = await startMergedStack(list("SURFE", "abcd"), list("LUSHA", "wxyz", { least: 3, most: 3 }));
    const first = await read({ first: 3 });
    stack.restart();
    expect(names(await read({ first: 4, after: first.pageInfo.endCursor }))).toBe("xcyd");
  });

  it("gives nothing for nothing, and asks nobody", async () => {
    const surfe = list("SURFE", "ab");
    stack = await startMergedStack(surfe, list("LUSHA", "xy"));
    const page = await read({ first: 0 });
    expect([names(page), page.pageInfo.hasNextPage, surfe.wants]).toEqual(["", true, []]);
  });

  it("is what turns give by the rule, whatever is read at a time and whatever a call brings", async () => {
    const letters = fc.subarray("abcdefghijklmnopqrst".split(""), { maxLength: 20 });
    const anyList = letters.chain((chosen) =>
      fc.shuffledSubarray(chosen, { minLength: chosen.length, maxLength: chosen.length }).map((all) => all.join("")),
    );
    const perCall = fc.record({ least: fc.integer({ min: 1, max: 6 }), most: fc.integer({ min: 6, max: 9 }) });
    const three = fc.tuple(anyList, anyList, anyList);
    await fc.assert(
      fc.asyncProperty(
        three,
        fc.tuple(perCall, perCall, perCall),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
        async (lists, calls, sizes) => {
          const [own, ...others] = PROVIDERS.map((provider, i) => list(provider, lists[i] ?? "", calls[i]));
          const running = await startMergedStack(own as ScriptedList, ...others);
          stack = running;
          let given = "";
          let page = await read({ first: sizes[0] ?? 1 });
          for (let turn = 1; ; turn++) {
            given += names(page);
            if (!page.pageInfo.hasNextPage || page.nodes.length === 0) break;
            page = await read({ first: sizes[turn % sizes.length] ?? 1, after: page.pageInfo.endCursor });
          }
          expect(given).toBe(model(lists));
          await running.stop();
        },
      ),
      { numRuns: 40 },
    );
    stack = await startMergedStack(list("SURFE", ""));
  });
});

describe("a list in which two subjects turn out to be one while it is extended", () => {
  /** A row by which the companies a, x and z are one. */
  function bridging(provider: Provider): NewItem {
    const bridge = row(provider, "z");
    const keys = ["a", "x", "z"].map((name) => entityKey("Company", "domain", `${name}.com`));
    return { ...bridge, records: bridge.records.map((record) => ({ ...record, keys })) };
  }

  it("fills the page up all the same, where it is one provider's", async () => {
    const rows = [row("SURFE", "a"), row("SURFE", "x"), bridging("SURFE"), row("SURFE", "q"), row("SURFE", "b")];
    const surfe = new ScriptedList("SURFE", rows, { least: 1, most: 1 });
    stack = await startMergedStack(surfe);
    const page = await read({ first: 3 });
    expect([names(page), page.pageInfo.hasNextPage, page.totalCount]).toEqual(["aqb", false, 3]);
  });

  it("fills the page up all the same, where it is merged", async () => {
    const rows = [row("LETRICS", "a"), bridging("LETRICS"), row("LETRICS", "q")];
    const letrics = new ScriptedList("LETRICS", rows, { least: 1, most: 1 });
    stack = await startMergedStack(list("SURFE", "abcd"), list("LUSHA", "xy"), letrics);
    const page = await read({ first: 3 });
    expect(names(page)).toBe("aqb");
    expect(names(await read({ first: 9 }))).toBe("aqbycd");
  });
});

describe("pages that are shown in different ways", () => {
  it("are read at once, each in its own", async () => {
    stack = await startMergedStack(list("SURFE", "ab"), list("LUSHA", "xy"));
    const request = stack.request({ first: 3 });
    const upper = plainReader(({ subject }) => subject.key.toUpperCase() as never);
    const answers = await stack.pages.read([request, { ...request, rowReader: upper }, request], callerWith());
    const shown = answers.map((answer) => (answer instanceof Error ? answer : answer.nodes));
    expect(shown[1]).toEqual(["COMPANY:DOMAIN:A.COM", "COMPANY:DOMAIN:X.COM", "COMPANY:DOMAIN:B.COM"]);
    expect([shown[0], shown[2]]).toMatchObject(
      [0, 2].map(() => ["a", "x", "b"].map((name) => ({ subject: { domain: null, name } }))),
    );
  });
});

describe("a merged list of which some fail", () => {
  const down = (provider: Provider) => new ProviderError(provider, "PROVIDER_UNAVAILABLE", `${provider} is down.`);

  it("takes what is recorded of the failing one, and fills up from the others", async () => {
    const lists = [list("SURFE", "abcdef", { least: 2, most: 2 }), list("LUSHA", "uvwxyz")] as const;
    stack = await startMergedStack(...lists);
    await read({ first: 2 }); // two of Surfe's rows came, one had its turn
    lists[0].failure = down("SURFE");
    const page = await read({ first: 6 });
    expect([names(page), page.issues.map(({ message }) => message)]).toEqual(["aubvwx", ["SURFE is down."]]);
    expect(lists.map(({ wants }) => wants)).toEqual([
      [1, 1],
      [1, 2, 1],
    ]);
    lists[0].failure = null;
    expect(names(await read({ first: 9, after: page.pageInfo.endCursor }))).toBe("cydzef");
  });

  it("ends where none of its lists is kept any more", async () => {
    stack = await startMergedStack(list("SURFE", "ab"), list("LUSHA", "xy"));
    const source = stack.request({}).sourceOf?.({ ...HEAD, provider: "MERGED", query: mergedQuery(ANYBODY, []) });
    if (source?.provider !== "MERGED") throw new Error("not a merged list's");
    const state = { parts: [{ list: "GONE", feedId: "gone", position: 3 }], turn: 0 };
    expect(await source.extend({ ...HEAD, tenant: ACME_TENANT, provider: "MERGED", state }, 2, callerWith())).toEqual({
      items: [],
      state: { parts: [], turn: 0 },
      ended: true,
      total: null,
      failures: [],
    });
  });

  it("asks no list whose provider cannot be asked any more", async () => {
    const lists = [list("SURFE", "abc"), list("LUSHA", "xyz")] as const;
    stack = await startMergedStack(...lists);
    await read({ first: 2 });
    Object.assign(lists[1].source, { unavailable: down("LUSHA") });
    const page = await read({ first: 4 });
    expect([names(page), page.issues.map(({ message }) => message)]).toEqual(["axbc", ["LUSHA is down."]]);
    expect(lists.map(({ wants }) => wants)).toEqual([[1, 1, 1], [1]]);
  });

  it("fails as a whole where something nobody foresaw goes wrong", async () => {
    const surfe = list("SURFE", "ab");
    Object.assign(surfe, { failure: new Error("a bug") });
    stack = await startMergedStack(surfe, list("LUSHA", "xy"));
    await expect(read({ first: 2 })).rejects.toThrow("a bug");
  });

  it("tells everyone who waits for the same rows", async () => {
    const lists = [list("SURFE", "abcdef"), list("LUSHA", "uvwxyz")] as const;
    stack = await startMergedStack(...lists);
    lists[0].failure = down("SURFE");
    const pages = await Promise.all([read({ first: 2 }), read({ first: 4 }), read({ first: 4 })]);
    expect(pages.map((page) => [names(page), page.issues.length])).toEqual([
      ["uv", 1],
      ["uvwx", 1],
      ["uvwx", 1],
    ]);
    expect(lists[0].wants).toEqual([2]);
  });

  it("leaves the caller who goes away without a page, and the list as it was", async () => {
    const lists = [list("SURFE", "ab"), list("LUSHA", "xy")] as const;
    stack = await startMergedStack(...lists);
    const leaving = callerWith(1, AbortSignal.abort(new Error("the caller went away")));
    const [answer] = await stack.pages.read([stack.request({ first: 2 })], leaving);
    expect(answer).toEqual(new Error("the caller went away"));
    expect(lists.map(({ wants }) => wants)).toEqual([[], []]);
    expect(names(await read({ first: 4 }))).toBe("axby");
  });
});

describe("a merged list that is read by operations of so many calls each", () => {
  const exhausted = (page: Page) => page.issues.map(({ provider, code }) => `${provider} ${code}`);

  it("serves what is left then, says so, and goes on with the next page", async () => {
    const surfe = list("SURFE", "abcdefgh");
    const letrics = list("LETRICS", "abcdefghxyz", { least: 1, most: 1 });
    stack = await startMergedStack(surfe, letrics);
    const calls = () => [surfe.wants.length, letrics.wants.length];
    const first = await read({ first: 8 }, callerWith(3));
    expect([names(first), exhausted(first), first.pageInfo.hasNextPage, calls()]).toEqual([
      "abcd",
      ["SURFE PROVIDER_CALLS_EXHAUSTED", "LETRICS PROVIDER_CALLS_EXHAUSTED"],
      true,
      [1, 2],
    ]);
    const { endCursor: after } = first.pageInfo;
    const second = await read({ first: 6, after }, callerWith(5));
    expect([names(second), exhausted(second), second.pageInfo.hasNextPage, calls()]).toEqual([
      "efg",
      ["SURFE PROVIDER_CALLS_EXHAUSTED", "LETRICS PROVIDER_CALLS_EXHAUSTED"],
      true,
      [2, 6],
    ]);
    const third = await read({ first: 6, after: second.pageInfo.endCursor }, callerWith(9));
    expect([names(third), exhausted(third), third.pageInfo.hasNextPage]).toEqual(["hxyz", [], false]);
  });

  it("has an empty page that says so where all that came is known, and goes on from there", async () => {
    stack = await startMergedStack(list("SURFE", "abc"), list("LETRICS", "abcx", { least: 1, most: 1 }));
    const first = await read({ first: 3 }, callerWith(2));
    expect(names(first)).toBe("ab");
    const second = await read({ first: 1, after: first.pageInfo.endCursor }, callerWith(1));
    expect(names(second)).toBe("c");
    const { endCursor: after } = second.pageInfo;
    const page = await read({ first: 1, after }, callerWith(1));
    expect([names(page), exhausted(page), page.pageInfo.hasNextPage]).toEqual([
      "",
      ["LETRICS PROVIDER_CALLS_EXHAUSTED"],
      true,
    ]);
    expect(names(await read({ first: 1, after }, callerWith(9)))).toBe("x");
  });

  it("makes a call for somebody who has some left, where those who came before have none", async () => {
    const surfe = list("SURFE", "abcdef", { least: 1, most: 1 });
    stack = await startMergedStack(surfe, list("LUSHA", "", { least: 1, most: 1 }));
    const pages = await Promise.all([read({ first: 4 }, callerWith(3)), read({ first: 4 }, callerWith(3))]);
    expect(pages.map(names)).toEqual(["abcd", "abcd"]);
    expect(pages.map(exhausted)).toEqual([[], []]);
  });

  it("never has an empty page with more to come that does not say why, and gives all in the end", async () => {
    const letters = "abcdefghijkl".split("");
    const anyList = fc.shuffledSubarray(letters).map((all) => all.join(""));
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(anyList, anyList, anyList),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 9 }),
        async (lists, calls, first) => {
          const [own, ...others] = PROVIDERS.map((provider, i) =>
            list(provider, lists[i] ?? "", { least: 1, most: 2 }),
          );
          const running = await startMergedStack(own as ScriptedList, ...others);
          stack = running;
          let given = "";
          let after: string | null = null;
          let isMore = true;
          while (isMore) {
            const made = () => [own, ...others].reduce((sum, one) => sum + (one?.wants.length ?? 0), 0);
            const before = made();
            const page: Page | NoRowsError = await read({ first, after }, callerWith(calls)).catch(
              (error: unknown) => error as NoRowsError,
            );
            expect(made() - before).toBeLessThanOrEqual(calls);
            if (page instanceof NoRowsError) continue;
            if (page.nodes.length < first && page.pageInfo.hasNextPage) expect(exhausted(page)).not.toEqual([]);
            given += names(page);
            after = page.pageInfo.endCursor ?? after;
            isMore = page.pageInfo.hasNextPage;
          }
          expect(given.split("").sort().join("")).toBe([...new Set(lists.join(""))].sort().join(""));
          await running.stop();
        },
      ),
      { numRuns: 40 },
    );
    stack = await startMergedStack(list("SURFE", ""));
  });
});

describe("a page of a hundred merged rows", () => {
  const hundred = (provider: Provider, from: number) =>
    new ScriptedList(
      provider,
      Array.from({ length: 100 }, (_, i) => row(provider, `c${String(from + i)}`)),
    );

  it("costs six statements where nothing is in memory, and none where all is", async () => {
    stack = await startMergedStack(hundred("SURFE", 0), hundred("LUSHA", 50), hundred("LETRICS", 100));
    const recorded = (await read({ first: 100 })).edges;
    stack.restart();
    stack.statements();
    expect((await read({ first: 100 })).edges).toEqual(recorded);
    expect(stack.statements()).toBe(6);
    expect(stack.pages.peek(stack.request({ first: 100 }))?.edges).toEqual(recorded);
    expect(stack.statements()).toBe(0);
  });
});
