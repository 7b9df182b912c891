import { describe, expect, it } from "@jest/globals";
import { OperationCalls, sharedCalls } from "../../../src/feeds/feed/caller";
import { callerWith } from "../../support/fake-feed";

describe("OperationCalls", () => {
  it("are taken one by one, and given back where none was made", () => {
    const calls = new OperationCalls({ calls: 2 });
    const taken = calls.take(1);
    expect([calls.take(1) !== null, calls.left, calls.take(1)]).toEqual([true, 0, null]);
    taken?.giveBack();
    expect([calls.left, calls.take(1) !== null, calls.take(1)]).toEqual([1, true, null]);
  });
});

describe("sharedCalls", () => {
  it("are made by the first who has some left", () => {
    const callers = [callerWith(0), callerWith(1), callerWith(2)];
    const calls = sharedCalls(() => callers);
    const left = () => [calls.left, ...callers.map((caller) => caller.calls.left)];
    expect(left()).toEqual([3, 0, 1, 2]);
    const taken = calls.take(1);
    expect(left()).toEqual([2, 0, 0, 2]);
    calls.take(1);
    expect(left()).toEqual([1, 0, 0, 1]);
    taken?.giveBack();
    expect(left()).toEqual([2, 0, 1, 1]);
    callers.splice(1);
    expect([calls.take(1), calls.left]).toEqual([null, 0]);
  });
});
