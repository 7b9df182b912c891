import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { createLog } from "../../src/server/log";

let folder: string;
let path: string;
let file: number;

// The files stay open: a log writes as long as its process runs.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tributary-log-"));
  path = join(folder, "log");
  file = openSync(path, "w");
});

afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** The lines in the file, without their times. */
function written(): readonly unknown[] {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => ({ ...(JSON.parse(line) as object), time: null }));
}

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("createLog", () => {
  it("writes lines together, in their order, each in one piece", async () => {
    const log = createLog("info", [], file);
    for (let n = 0; n < 300; n += 1) log.info({ n, text: "é".repeat(50) }, "line");
    expect(written().length).toBeLessThan(300);
    while (written().length < 300) await turnOfTheLoop();
    const expected = Array.from({ length: 300 }, (_, n) => ({
      level: 30,
      time: null,
      n,
      text: "é".repeat(50),
      msg: "line",
    }));
    expect(written()).toEqual(expected);
  });

  it("writes a warning at once, with the lines before it", async () => {
    jest.useFakeTimers({ now: 0, doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] }); // nothing is written after a while
    const log = createLog("info", [], file);
    log.info("before");
    for (let turn = 0; turn < 100; turn += 1) await turnOfTheLoop();
    expect(written()).toEqual([]);
    log.warn("warning");
    while (written().length === 0) await turnOfTheLoop();
    expect(written()).toEqual([
      { level: 30, time: null, msg: "before" },
      { level: 40, time: null, msg: "warning" },
    ]);
  });

  it("masks secret headers", async () => {
    const log = createLog("info", ["x-api-key"], file);
    log.info({ headers: { "x-api-key": "k", accept: "*/*" } }, "call");
    while (written().length === 0) await turnOfTheLoop();
    expect(written()).toEqual([
      { level: 30, time: null, headers: { "x-api-key": "[secret]", accept: "*/*" }, msg: "call" },
    ]);
  });
});
