import { describe, expect, it } from "@jest/globals";
import { OperationCalls, UntakenCallError } from "../../../src/feeds/feed/caller";
import { LimitedCalls } from "../../../src/feeds/feed/limited-calls";

const limited = (
  limit: { readonly calls: number; readonly credits: number },
  operation = { calls: 9, credits: 100 },
) => {
  const calls = new OperationCalls(operation);
  return { calls, list: new LimitedCalls(calls, limit) };
};

describe("LimitedCalls", () => {
  it("takes calls of the operation, up to the limit's number", () => {
    const { calls, list } = limited({ calls: 2, credits: 50 });
    expect([list.left, list.canTake(1)]).toEqual([2, true]);
    list.take(1)?.end("SURFE", 1, []);
    list.take(1)?.end("SURFE", 1, []);
    expect([list.left, list.canTake(1), list.take(1), calls.left]).toEqual([0, false, null, 7]);
  });

  it("counts credits as they are reserved, charged, or unknown", () => {
    const { list } = limited({ calls: 9, credits: 10 });
    const taken = list.take(1);
    expect(taken?.creditsLeft).toBe(10);
    taken?.reserve(8);
    expect([list.canTake(2), list.canTake(3)]).toEqual([true, false]);
    taken?.end("SURFE", 4, []);
    expect([list.canTake(6), list.canTake(7)]).toEqual([true, false]);
    const unknown = list.take(1);
    unknown?.reserve(5);
    unknown?.end("LUSHA", null, []);
    expect([list.canTake(1), list.canTake(2)]).toEqual([true, false]);
  });

  it("gets a call back that was not made", () => {
    const { calls, list } = limited({ calls: 1, credits: 10 });
    const taken = list.take(1);
    taken?.reserve(10);
    expect([list.left, calls.left]).toEqual([0, 8]);
    taken?.giveBack();
    expect([list.left, list.canTake(10), calls.left]).toEqual([1, true, 9]);
  });

  it("is never wider than the operation's own limits", () => {
    const { list } = limited({ calls: 5, credits: 50 }, { calls: 1, credits: 3 });
    expect([list.left, list.canTake(4), list.take(1)?.creditsLeft]).toEqual([1, false, 3]);
    expect([list.left, list.take(1), list.takeFree()]).toEqual([0, null, null]);
  });

  it("says whose limit it is: its own concerns this page alone, the operation's as ever", () => {
    const { list } = limited({ calls: 0, credits: 10 });
    const own = list.refusal("LUSHA", 1);
    expect([own.code, own instanceof UntakenCallError, own.message]).toEqual([
      "PROVIDER_CALLS_EXHAUSTED",
      false,
      "For this page, Lusha was called as often as one list may be, so it was not called again. Ask for the next page to continue.",
    ]);
    const operations = limited({ calls: 5, credits: 50 }, { calls: 0, credits: 10 }).list.refusal("LUSHA", 1);
    expect([operations.code, operations instanceof UntakenCallError]).toEqual(["PROVIDER_CALLS_EXHAUSTED", true]);
  });
});
