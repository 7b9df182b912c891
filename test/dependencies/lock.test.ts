import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string; readonly resolved?: string }>>;
}

describe("package-lock.json", () => {
  it("says of every package where it is, so that `npm ci` asks for nothing else", () => {
    const { packages } = JSON.parse(readFileSync(join(__dirname, "../../package-lock.json"), "utf8")) as Lock;
    const locked = Object.entries(packages).filter(([, { integrity }]) => integrity !== undefined);
    const nowhere = locked.filter(([, { resolved = "" }]) => !resolved.startsWith("https://"));
    expect(nowhere.map(([path]) => path)).toEqual([]);
    // one registry, in whose place npm puts the one that is configured
    expect(new Set(locked.map(([, { resolved = "" }]) => new URL(resolved).host)).size).toBe(1);
    expect(locked.length).toBeGreaterThan(400);
  });
});
