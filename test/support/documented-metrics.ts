import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROW = /^\| `(tributary_\w+)`\s*\| ([^|]*?)\s*\|/;

/** The metrics that docs/operations.md lists, with their labels. */
export function documentedMetrics(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(__dirname, "../../docs/operations.md"), "utf8");
  const rows = text.split("\n").flatMap((line): readonly (readonly [string, readonly string[]])[] => {
    const [, name, labels = ""] = ROW.exec(line) ?? [];
    return name === undefined ? [] : [[name, [...labels.matchAll(/`(\w+)`/g)].map(([, label = ""]) => label)]];
  });
  return new Map(rows);
}
