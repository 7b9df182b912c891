/** Callers go on in the same turn of the event loop until so much time has passed since the first of them did. */
const LONGEST_TURN_MS = 5;

const waiting: (() => void)[] = [];

/**
 * To be awaited before work of some milliseconds that may be due many times at once, such as reading a provider's answer: callers go on
 * one after the other, in the order of their calls, and the event loop handles what came in between them. So a short request waits for
 * one piece of such work, not for all that is due.
 */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(run);
  });
}

function run(): void {
  goOn(performance.now());
}

/** The first of the callers stays in the list while it goes on, so that a caller that comes meanwhile plans no second run. */
function goOn(begunAt: number): void {
  waiting[0]?.();
  // A tick that a microtask asks for comes when no microtask is left: the caller has done its work by then.
  queueMicrotask(() =>
    process.nextTick(() => {
      waiting.shift();
      if (waiting.length === 0) return;
      if (performance.now() - begunAt < LONGEST_TURN_MS) goOn(begunAt);
      else setImmediate(run);
    }),
  );
}
