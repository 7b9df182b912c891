import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import { takeTurn } from "../../src/domain/take-turn";

let clock = 0;
const log: string[] = [];

beforeEach(async () => {
  await turn(); // the test before ended within a turn
  log.length = 0;
  jest.spyOn(performance, "now").mockImplementation(() => clock);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** A caller whose work takes so many milliseconds, some of them only after other promises. */
async function work(name: string, ms: number): Promise<void> {
  await takeTurn();
  await Promise.resolve().then(() => null);
  clock += ms;
  log.push(name);
}

/** Other work of the event loop: once in each of its turns, while callers wait. */
async function whileOthersRun(callers: readonly Promise<void>[]): Promise<void> {
  let isOver = false;
  const other = (): void => {
    if (isOver) return;
    log.push("other");
    setImmediate(other);
  };
  setImmediate(other);
  await Promise.all(callers);
  isOver = true;
}

it("lets the event loop do what else is due between long pieces of work, which keep their order", async () => {
  await whileOthersRun([work("a", 6), work("b", 6), work("c", 6)]);
  expect(log).toEqual(["a", "other", "b", "other", "c"]);
});

it("has short pieces of work share a turn until they have taken as long as a long one", async () => {
  await whileOthersRun([work("a", 3), work("b", 3), work("c", 1), work("d", 1)]);
  expect(log).toEqual(["a", "b", "other", "c", "d"]);
});

it("takes those in who come while another works, and those who come when nobody waits", async () => {
  const first = async (): Promise<void> => {
    await takeTurn();
    clock += 6;
    log.push("first");
    await work("second", 0);
  };
  await whileOthersRun([first()]);
  await work("third", 0);
  expect(log).toEqual(["first", "other", "second", "third"]);
});
