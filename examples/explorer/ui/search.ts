import { useSyncExternalStore } from "react";

const TURNED = "explorer:turned";

/** Turns to the page of another query string, as following a link to it would. */
export function turnTo(search: string): void {
  history.pushState(null, "", search);
  window.scrollTo(0, 0);
  window.dispatchEvent(new Event(TURNED));
}

/** The query string of the page's address, kept up to date. */
export function useSearch(): string {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("popstate", changed);
      window.addEventListener(TURNED, changed);
      return () => {
        window.removeEventListener("popstate", changed);
        window.removeEventListener(TURNED, changed);
      };
    },
    () => location.search,
  );
}
