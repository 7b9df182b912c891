import { describe, expect, it } from "@jest/globals";
import { RateWindow } from "../../../src/sandbox/simulator/rate-window";

describe("RateWindow", () => {
  it("counts each caller apart, until the next window of the clock", () => {
    let now = 0;
    const window = new RateWindow(2, 1000, () => now);
    window.count("a");
    window.count("a");
    expect([window.left("a"), window.usage("a"), window.left("b")]).toEqual([0, 2, 2]);
    now = 999;
    expect([window.left("a"), window.resetSeconds()]).toEqual([0, 1]);
    now = 1000;
    expect([window.left("a"), window.usage("a")]).toEqual([2, 0]);
  });

  it("has endless room without a size, and still counts", () => {
    const window = new RateWindow(null, 60_000, () => 500);
    window.count("a");
    expect([window.left("a"), window.usage("a"), window.resetSeconds()]).toEqual([Infinity, 1, 60]);
  });
});
