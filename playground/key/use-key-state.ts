import { useSyncExternalStore } from "react";
import { pageKey, type KeyState } from "./page-key";

/** What the page knows of its key. */
export function useKeyState(): KeyState {
  return useSyncExternalStore(pageKey.subscribe, pageKey.state);
}
