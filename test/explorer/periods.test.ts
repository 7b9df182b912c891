import { describe, expect, it } from "@jest/globals";
import { daysOf, startOf } from "../../examples/explorer/spending/periods";

describe("daysOf", () => {
  it("has each day of the month in UTC until today", () => {
    expect(daysOf("month", new Date("2026-12-02T23:30:00-05:00"))).toEqual(["2026-12-01", "2026-12-02", "2026-12-03"]);
    expect(daysOf("month", new Date("2026-12-01T00:00:00Z"))).toEqual(["2026-12-01"]);
  });

  it("has thirty days, today included, across months", () => {
    const days = daysOf("days", new Date("2026-03-01T12:00:00Z"));

    expect([days.length, days[0], days[28], days[29]]).toEqual([30, "2026-01-31", "2026-02-28", "2026-03-01"]);
    expect(startOf(days[0])).toBe("2026-01-31T00:00:00.000Z");
  });
});
