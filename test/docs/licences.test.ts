import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly license?: string;
}

const lock = JSON.parse(readFileSync(join(__dirname, "../../package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

describe("the packages that production installs", () => {
  it("have open-source licences that ask for no more than a notice", () => {
    const production = Object.entries(lock.packages).filter(([path, one]) => path && !one.dev && !one.devOptional);
    expect([...new Set(production.map(([, { license }]) => license))].sort()).toEqual([
      "(MIT AND BSD-3-Clause)",
      "0BSD",
      "Apache-2.0",
      "BSD-3-Clause",
      "BlueOak-1.0.0",
      "ISC",
      "MIT",
    ]);
  });
});
