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
    const elsewhere = locked.filter(([, { resolved = "" }]) => !resolved.startsWith("https://registry.npmjs.org/"));
    expect(elsewhere.map(([path]) => path)).toEqual([]);
    expect(locked.length).toBeGreaterThan(400);
  });
});
