import { describe, expect, it } from "@jest/globals";
import { OperationCalls, sharedCalls } from "../../../src/feeds/feed/caller";
import { callerWith } from "../../support/fake-feed";

describe("OperationCalls", () => {
  it("are taken one by one, and given back where none was made", () => {
    const calls = new OperationCalls(2);
    const giveBack = calls.take();
    expect([calls.take() !== null, calls.left, calls.take()]).toEqual([true, 0, null]);
    giveBack?.();
    expect([calls.left, calls.take() !== null, calls.take()]).toEqual([1, true, null]);
  });
});

describe("sharedCalls", () => {
  it("are made by the first who has some left", () => {
    const callers = [callerWith(0), callerWith(1), callerWith(2)];
    const calls = sharedCalls(() => callers);
    const left = () => [calls.left, ...callers.map((caller) => caller.calls.left)];
    expect(left()).toEqual([3, 0, 1, 2]);
    const giveBack = calls.take();
    expect(left()).toEqual([2, 0, 0, 2]);
    calls.take();
    expect(left()).toEqual([1, 0, 0, 1]);
    giveBack?.();
    expect(left()).toEqual([2, 0, 1, 1]);
    callers.splice(1);
    expect([calls.take(), calls.left]).toEqual([null, 0]);
  });
});
