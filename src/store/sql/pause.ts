/** Resolves after that time, by the clock that tests replace (they cannot replace the one of `node:timers/promises`). */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
