import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "@jest/globals";

const src = join(__dirname, "../../src");

/** The files of `src` that each file imports, types too: ESLint's `no-cycle` leaves out `import type`. */
function importsByFile(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return new Map(files.map((file) => [join(src, file), importsOf(join(src, file))]));
}

function importsOf(path: string): readonly string[] {
  const specifiers = readFileSync(path, "utf8").matchAll(/^(?:import|export|\}).*"(\.{1,2}\/[^"]+)";?$/gm);
  return [...specifiers].flatMap(([, specifier = ""]) =>
    specifier.endsWith(".json") ? [] : [`${join(dirname(path), specifier)}.ts`],
  );
}

/** The first cycle that is found, as paths; `null` where there is none. */
function cycleIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const imported of imports.get(file) ?? []) {
      const cycle = visit(imported, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return null;
  };
  for (const file of imports.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return null;
}

describe("the imports of src", () => {
  const imports = importsByFile();

  it("are found", () => {
    expect([...imports.values()].flat().length).toBeGreaterThan(1000);
    expect([...imports.values()].flat().filter((file) => !imports.has(file))).toEqual([]);
  });

  it("have no cycle, types included: move what both files need to a file of its own", () => {
    expect(cycleIn(imports)?.map((file) => relative(src, file)) ?? null).toBeNull();
  });

  it("would fail with a cycle", () => {
    const cyclic = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["b"]],
    ]);
    expect(cycleIn(cyclic)).toEqual(["b", "c", "b"]);
  });
});
