import { useSyncExternalStore } from "react";

/** Whose profile is looked at: their name, `null` for the profile that has none, `undefined` before one was chosen. */
export type ChosenUser = string | null | undefined;

const CHOSEN = "explorer:chosen";

/** The page's address for a profile: what is looked at can be sent to somebody else. */
export function addressOf(user: string | null): string {
  return user === null ? "?own" : `?${new URLSearchParams({ user }).toString()}`;
}

/** Turns to a profile, as following a link to it would. */
export function chooseUser(user: string | null): void {
  history.pushState(null, "", addressOf(user));
  window.dispatchEvent(new Event(CHOSEN));
}

/** Whom the page's address names. */
export function useChosenUser(): ChosenUser {
  const search = useSyncExternalStore(
    (changed) => {
      window.addEventListener("popstate", changed);
      window.addEventListener(CHOSEN, changed);
      return () => {
        window.removeEventListener("popstate", changed);
        window.removeEventListener(CHOSEN, changed);
      };
    },
    () => location.search,
  );
  const parameters = new URLSearchParams(search);
  return parameters.has("own") ? null : (parameters.get("user") ?? undefined);
}
