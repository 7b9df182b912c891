import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { readConfiguration, VARIABLE_NAMES } from "../../src/wiring/configuration";

const VARIABLE_LINE = /^# ([A-Z][A-Z0-9_]*)=(.*)$/;

describe(".env.example", () => {
  const lines = readFileSync(join(__dirname, "../../.env.example"), "utf8").split("\n");
  const names = lines.flatMap((line) => VARIABLE_LINE.exec(line)?.[1] ?? []);

  it("lists each variable that is read, once, and no other", () => {
    expect([...names].sort()).toEqual([...VARIABLE_NAMES].sort());
  });

  it("sets nothing as it stands", () => {
    expect(parseEnv(lines.join("\n"))).toEqual({});
  });

  it("tells each variable's meaning in the line before it", () => {
    const bare = lines.filter((line, i) => VARIABLE_LINE.test(line) && !/^# \S.*\.$/.test(lines[i - 1] ?? ""));
    expect(bare).toEqual([]);
  });

  it("gives the defaults when uncommented", () => {
    const uncommented = lines.map((line) => line.replace(VARIABLE_LINE, "$1=$2")).join("\n");
    const env = parseEnv(uncommented);
    expect(Object.keys(env)).toHaveLength(VARIABLE_NAMES.length);
    expect(readConfiguration({ ...env })).toEqual(readConfiguration({}));
  });
});
