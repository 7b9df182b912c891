import { StoreError } from "../../src/domain/errors";
import type { SharedState } from "../../src/providers/http/shared-state";

/** A shared state in memory, which can be made to fail. */
export interface MemoryState extends SharedState {
  isAway: boolean;
  /** How often it was changed. */
  readonly changes: () => number;
}

export function memoryState(): MemoryState {
  let stored: string | null = null;
  let changes = 0;
  const state: MemoryState = {
    isAway: false,
    changes: () => changes,
    change: (change) => {
      if (state.isAway) return Promise.reject(new StoreError("connection", "The database is away."));
      const changed = change(stored === null ? null : JSON.parse(stored));
      stored = JSON.stringify(changed.state);
      changes += 1;
      return Promise.resolve(changed.result);
    },
  };
  return state;
}
