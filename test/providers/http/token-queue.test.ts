import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { TokenQueue } from "../../../src/providers/http/token-queue";

const LONG = 60_000;

let order: string[];

beforeEach(() => {
  jest.useFakeTimers();
  order = [];
});

afterEach(() => {
  jest.useRealTimers();
});

function join(queue: TokenQueue, name: string, signal?: AbortSignal): Promise<void> {
  return queue.take(LONG, signal).then(
    () => void order.push(name),
    (reason: unknown) => void order.push(`${name}: ${String(reason)}`),
  );
}

describe("TokenQueue", () => {
  it("is full at first, then gives a token at a time, in turn", async () => {
    const queue = new TokenQueue(2, 2);
    for (const name of ["a", "b", "c", "d"]) void join(queue, name);
    await jest.advanceTimersByTimeAsync(0);
    expect(order).toEqual(["a", "b"]);
    await jest.advanceTimersByTimeAsync(499);
    expect(order).toEqual(["a", "b"]);
    await jest.advanceTimersByTimeAsync(1);
    expect(order).toEqual(["a", "b", "c"]);
    await jest.advanceTimersByTimeAsync(500);
    expect(order).toEqual(["a", "b", "c", "d"]);
  });

  it("lets nobody past those who wait", async () => {
    const queue = new TokenQueue(1, 1);
    void join(queue, "a");
    setTimeout(() => void join(queue, "c"), 1_000); // goes off just before the timer of the queue
    void join(queue, "b");
    await jest.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual(["a", "b"]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual(["a", "b", "c"]);
  });

  it("refuses who would wait too long, and says how long", async () => {
    const queue = new TokenQueue(1, 1);
    for (const name of ["a", "b"]) void join(queue, name);
    expect(await queue.take(1_999)).toBe(2_000);
    const third = queue.take(2_000);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await third).toBe(0);
  });

  it("gives the turn of one who leaves to the next", async () => {
    const queue = new TokenQueue(1, 1);
    const caller = new AbortController();
    void join(queue, "a");
    void join(queue, "b", caller.signal);
    void join(queue, "c");
    caller.abort("gone");
    await jest.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual(["a", "b: gone", "c"]);
  });

  it("holds no token back when the last in line leaves", async () => {
    const queue = new TokenQueue(1, 1);
    const caller = new AbortController();
    void join(queue, "a");
    void join(queue, "b", caller.signal);
    caller.abort("gone");
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await queue.take(0)).toBe(0);
    expect(await queue.take(0)).toBe(1_000);
  });

  it("takes no notice of one who leaves after their turn", async () => {
    const queue = new TokenQueue(1, 1);
    const caller = new AbortController();
    void join(queue, "a");
    void join(queue, "b", caller.signal);
    void join(queue, "c");
    await jest.advanceTimersByTimeAsync(1_000);
    caller.abort("gone");
    await jest.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual(["a", "b", "c"]);
  });

  it("hands on a token that is given back", async () => {
    const queue = new TokenQueue(1, 1);
    void join(queue, "a");
    void join(queue, "b");
    queue.giveBack();
    await jest.advanceTimersByTimeAsync(0);
    expect(order).toEqual(["a", "b"]);
    expect(await queue.take(0)).toBe(1_000);
    queue.giveBack();
    queue.giveBack();
    expect(await queue.take(0)).toBe(0);
    expect(await queue.take(0)).toBe(1_000);
  });
});
