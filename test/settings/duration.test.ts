import { describe, expect, it } from "@jest/globals";
import { durationMs } from "../../src/settings/duration";

describe("durationMs", () => {
  it.each([
    ["PT0S", 0],
    ["PT1S", 1000],
    ["PT0.25S", 250],
    ["PT1M", 60_000],
    ["PT1H", 3_600_000],
    ["PT36H", 129_600_000],
    ["P1D", 86_400_000],
    ["P1W", 604_800_000],
    ["P1W2DT3H4M5.006S", 788_645_006],
    ["P3650D", 315_360_000_000],
    ["P36500D", 3_153_600_000_000],
  ])("reads %s", (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });

  it.each(
    [
      ["", "P", "PT", "P1", "1D", "P1DT", "P1W T1H", "T1H", "P1H", "PT1D", "PT1S1M", "P1D1W"],
      ["P1Y", "P1M", "P1Y2D", "P-1D", "-P1D", "+P1D", "p1d", "P1.5D", "PT1.5H", "PT.5S", "PT1,5S", "PT0.0001S"],
      ["P36501D", "PT1e3S", "P99999999999999999999D", " P1D", "P1D\n", "30d", "3600"],
    ].flat(),
  )("refuses %j", (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});
