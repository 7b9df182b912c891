import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { StoreError } from "../../../src/domain/errors";
import { HeldWrites } from "../../../src/feeds/feed/held-writes";

const full = new StoreError("disk", "full");
const locked = new StoreError("lock", "locked");
const oops = new TypeError("oops");

let events: unknown[];
let trouble: Error | null;
let written: string[];
let held: HeldWrites;

beforeEach(() => {
  jest.useFakeTimers();
  events = [];
  trouble = full;
  written = [];
  held = new HeldWrites({ report: (event, error) => events.push([event, error]), maxBytes: 10, retryMs: 1_000 });
});

afterEach(() => {
  jest.useRealTimers();
});

function make(text: string, bytes = 1): Promise<void> {
  const write = (): Promise<void> => {
    if (trouble) return Promise.reject(trouble);
    written.push(text);
    return Promise.resolve();
  };
  return held.make(write, () => bytes);
}

describe("HeldWrites", () => {
  it("makes at once what the store takes, and holds nothing of what can never be made", async () => {
    trouble = null;
    await make("a");
    trouble = oops;
    await expect(make("b")).rejects.toBe(oops);
    await held.makeAll();
    expect([written, events, held.trouble, jest.getTimerCount()]).toEqual([["a"], [], null, 0]);
  });

  it("makes what it holds in order, as soon as somebody needs it", async () => {
    await expect(make("a")).rejects.toBe(full);
    await expect(make("b")).rejects.toBe(full);
    trouble = locked;
    await expect(held.makeAll()).rejects.toBe(locked);
    expect([written, held.trouble]).toEqual([[], locked]);
    trouble = null;
    await Promise.all([held.makeAll(), held.makeAll()]);
    expect([written, held.trouble]).toEqual([["a", "b"], null]);
    expect(events).toEqual([
      ["held", full],
      ["held", full],
      ["made", null],
      ["made", null],
    ]);
  });

  it("tries by itself until the store takes it", async () => {
    await expect(make("a")).rejects.toBe(full);
    await jest.advanceTimersByTimeAsync(1_000);
    expect([written, jest.getTimerCount()]).toEqual([[], 1]);
    trouble = null;
    await jest.advanceTimersByTimeAsync(1_000);
    expect([written, held.trouble, jest.getTimerCount()]).toEqual([["a"], null, 0]);
  });

  it("goes on past what turns out never to be made", async () => {
    await expect(make("a")).rejects.toBe(full);
    trouble = oops;
    await held.makeAll();
    expect([events, held.trouble]).toEqual([
      [
        ["held", full],
        ["lost", oops],
      ],
      null,
    ]);
  });

  it("holds no more than so many bytes, and again as many once those are written", async () => {
    await expect(make("a", 6)).rejects.toBe(full);
    await expect(make("b", 5)).rejects.toBe(full);
    await expect(make("c", 4)).rejects.toBe(full);
    trouble = null;
    await held.makeAll();
    trouble = full;
    await expect(make("d", 10)).rejects.toBe(full);
    expect(written).toEqual(["a", "c"]);
    expect(events.map((event) => (event as readonly unknown[])[0])).toEqual([
      "held",
      "lost",
      "held",
      "made",
      "made",
      "held",
    ]);
  });

  it("tries once more at the end, and tells what is lost", async () => {
    await expect(make("a")).rejects.toBe(full);
    await held.end();
    expect([events, jest.getTimerCount()]).toEqual([
      [
        ["held", full],
        ["lost", full],
      ],
      0,
    ]);
    await held.makeAll();
    expect(written).toEqual([]);
  });
});
