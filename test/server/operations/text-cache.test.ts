import { describe, expect, it } from "@jest/globals";
import { TextCache } from "../../../src/server/operations/text-cache";

describe("TextCache", () => {
  it("counts keys and entries as well as texts, and drops the least recently asked for", async () => {
    const cache = new TextCache(3_000);
    for (const key of ["a", "b", "c"]) await cache.set(key, "x".repeat(299));
    expect(await cache.get("a")).toBe("x".repeat(299));
    await cache.set("d".repeat(299), "x");
    const kept = await Promise.all(["a", "b", "c", "d".repeat(299)].map((key) => cache.get(key)));
    expect(kept.map((text) => text?.length)).toEqual([299, undefined, 299, 1]);
    expect([await cache.delete("a"), await cache.get("a")]).toEqual([true, undefined]);
  });
});
