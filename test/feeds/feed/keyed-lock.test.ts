import { describe, expect, it } from "@jest/globals";
import { KeyedLock } from "../../../src/feeds/feed/keyed-lock";
import { deferred } from "../../support/fake-feed";

describe("KeyedLock", () => {
  it("has one holder a key at a time, first come first served", async () => {
    const lock = new KeyedLock();
    const [one, two] = [deferred<string>(), deferred<string>()];
    const order: string[] = [];
    const held = [one, two].map(({ promise }, i) =>
      lock.run("a", () => {
        order.push(`begin ${String(i)}`);
        return promise;
      }),
    );
    two.resolve("two");
    expect(await lock.run("b", () => Promise.resolve("other"))).toBe("other");
    expect(order).toEqual(["begin 0"]);
    one.resolve("one");
    expect(await Promise.all(held)).toEqual(["one", "two"]);
    expect(order).toEqual(["begin 0", "begin 1"]);
  });

  it("goes on after a holder that failed", async () => {
    const lock = new KeyedLock();
    const failing = lock.run("a", () => Promise.reject(new Error("no")));
    const next = lock.run("a", () => Promise.resolve("yes"));
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("yes");
  });

  it("is idle once nobody holds or waits, also for those who came while it was waited for", async () => {
    const lock = new KeyedLock();
    const [one, two] = [deferred<string>(), deferred<string>()];
    const order: string[] = [];
    const first = lock.run("a", () => one.promise);
    const idle = lock.idle().then(() => order.push("idle"));
    const second = lock.run("b", () => two.promise);
    one.resolve("");
    await first;
    order.push("first");
    two.resolve("");
    await second;
    order.push("second");
    await idle;
    expect(order).toEqual(["first", "second", "idle"]);
  });
});
