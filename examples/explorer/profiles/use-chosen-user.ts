import { turnTo, useSearch } from "../ui/search";

/** Whose profile is looked at: their name, `null` for the profile that has none, `undefined` before one was chosen. */
export type ChosenUser = string | null | undefined;

/** The page's address for a profile: what is looked at can be sent to somebody else. */
export function addressOf(user: string | null): string {
  return user === null ? "?own" : `?${new URLSearchParams({ user }).toString()}`;
}

/** Turns to a profile, as following a link to it would. */
export function chooseUser(user: string | null): void {
  turnTo(addressOf(user));
}

/** Whom the page's address names. */
export function useChosenUser(): ChosenUser {
  const parameters = new URLSearchParams(useSearch());
  return parameters.has("own") ? null : (parameters.get("user") ?? undefined);
}
