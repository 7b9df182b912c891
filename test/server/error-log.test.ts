import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { createErrorLog } from "../../src/server/error-log";

let lines: unknown[];
let report: (error: unknown) => void;

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  report = createErrorLog({ error: (values, text) => void lines.push([text, values]) });
});

afterEach(() => {
  jest.useRealTimers();
});

const AWAY = new Error("the database is away");
const first = (err: unknown) => ["an unexpected error", { err }];
const again = (err: unknown, times: number) => ["an unexpected error, again", { err, times }];

/** What was logged since the last time. */
function logged(): readonly unknown[] {
  return lines.splice(0);
}

describe("createErrorLog", () => {
  it("logs an error at once, and the same one once a second, with how often it came", () => {
    report(AWAY);
    for (let i = 0; i < 1_000; i += 1) report(AWAY);
    expect(logged()).toEqual([first(AWAY)]);
    jest.advanceTimersByTime(999);
    expect(logged()).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(logged()).toEqual([again(AWAY, 1_000)]);
    report(AWAY);
    jest.advanceTimersByTime(1_000);
    expect(logged()).toEqual([again(AWAY, 1)]);
  });

  it("logs an error at once that did not come for a second", () => {
    report(AWAY);
    jest.advanceTimersByTime(1_000);
    report(AWAY);
    expect(logged()).toEqual([first(AWAY), first(AWAY)]);
  });

  it("tells different errors apart, at most 100 at a time", () => {
    const errors = Array.from({ length: 103 }, (_, i) => new Error(`error ${String(i)}`));
    for (const error of errors) report(error);
    expect(logged()).toEqual(errors.slice(0, 101).map(first));
    jest.advanceTimersByTime(1_000);
    expect(logged()).toEqual([again(errors[102], 2)]);
  });
});
