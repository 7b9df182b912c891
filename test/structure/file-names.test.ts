import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "@jest/globals";

const root = join(__dirname, "../..");

/** Paths by basename, of every file of `src`; `index` files are left out, since they are named after their folder. */
function pathsByBasename(): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const entry of readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /^index\./.test(entry.name)) continue;
    const path = relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/");
    paths.set(entry.name, [...(paths.get(entry.name) ?? []), path]);
  }
  return paths;
}

describe("the files of src", () => {
  it("have a basename each: rename one of those listed here, for example by putting its folder's name in front", () => {
    const recurring = [...pathsByBasename().values()].filter((paths) => paths.length > 1);
    expect(recurring).toEqual([]);
  });
});
