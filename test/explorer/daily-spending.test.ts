import { describe, expect, it } from "@jest/globals";
import { spendingByProvider } from "../../examples/explorer/spending/daily-spending";

describe("spendingByProvider", () => {
  it("keeps providers apart, fills the days without calls, and leaves out who was not called", () => {
    const byDay = [
      { provider: "LUSHA", day: "2026-11-01", calls: 2, credits: 0, unsettled: 5 },
      { provider: "SURFE", day: "2026-11-01", calls: 1, credits: 3, unsettled: 0 },
      { provider: "SURFE", day: "2026-11-03", calls: 1, credits: 4, unsettled: 0 },
    ] as const;
    const providers = [
      { provider: "SURFE", creditUnit: "unique company" },
      { provider: "LUSHA", creditUnit: "credit" },
      { provider: "LETRICS", creditUnit: "call" },
    ] as const;
    const days = ["2026-11-01", "2026-11-02", "2026-11-03"];

    expect(spendingByProvider({ byDay: [...byDay], providers: [...providers] }, days)).toEqual([
      {
        provider: "SURFE",
        creditUnit: "unique company",
        calls: 2,
        credits: 7,
        unsettled: 0,
        days: [
          { day: "2026-11-01", calls: 1, credits: 3, unsettled: 0 },
          { day: "2026-11-02", calls: 0, credits: 0, unsettled: 0 },
          { day: "2026-11-03", calls: 1, credits: 4, unsettled: 0 },
        ],
      },
      {
        provider: "LUSHA",
        creditUnit: "credit",
        calls: 2,
        credits: 0,
        unsettled: 5,
        days: [
          { day: "2026-11-01", calls: 2, credits: 0, unsettled: 5 },
          { day: "2026-11-02", calls: 0, credits: 0, unsettled: 0 },
          { day: "2026-11-03", calls: 0, credits: 0, unsettled: 0 },
        ],
      },
    ]);
  });
});
