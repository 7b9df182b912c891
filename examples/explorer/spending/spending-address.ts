import { useSearch } from "../ui/search";

/** The address of the page that says what was spent. */
export const SPENDING_ADDRESS = "?spending";

export function useIsSpending(): boolean {
  return new URLSearchParams(useSearch()).has("spending");
}
