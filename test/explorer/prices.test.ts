import { describe, expect, it } from "@jest/globals";
import { pricesOf, type PricedRow } from "../../examples/explorer/recommendations/prices";

const row = (id: string, second: number, provider: PricedRow["provider"] = "SURFE"): PricedRow => ({
  id,
  provider,
  recordedAt: `2026-11-20T10:00:0${String(second)}.000Z`,
});

describe("pricesOf", () => {
  it("shares what was spent with a provider among its new rows: those that were recorded last", () => {
    const rows = [row("new", 5), row("old", 1), row("other", 5, "LUSHA"), row("newer", 6)];
    const uses = [
      { provider: "SURFE", calls: 1, spent: 3, recorded: 1 },
      { provider: "LUSHA", calls: 1, spent: 5, recorded: 0 },
    ] as const;

    expect(Object.fromEntries(pricesOf(rows, uses))).toEqual({
      old: { kind: "recorded" },
      new: { kind: "paid", provider: "SURFE", credits: 1.5 },
      newer: { kind: "paid", provider: "SURFE", credits: 1.5 },
      other: { kind: "paid", provider: "LUSHA", credits: 5 },
    });
  });

  it("takes all rows for recorded where no call brought one", () => {
    const uses = [{ provider: "SURFE", calls: 0, spent: 0, recorded: 2 }] as const;

    expect(Object.fromEntries(pricesOf([row("a", 1), row("b", 1)], uses))).toEqual({
      a: { kind: "recorded" },
      b: { kind: "recorded" },
    });
  });

  it("gives no price to rows of which it cannot be told whether they are new", () => {
    const uses = [{ provider: "SURFE", calls: 1, spent: 2, recorded: 2 }] as const;

    expect(Object.fromEntries(pricesOf([row("old", 1), row("a", 2), row("b", 2), row("new", 3)], uses))).toEqual({
      old: { kind: "recorded" },
      new: { kind: "paid", provider: "SURFE", credits: 1 },
    });
  });

  it("gives none where the report does not name the provider", () => {
    expect(pricesOf([row("a", 1)], [])).toEqual(new Map());
  });
});
