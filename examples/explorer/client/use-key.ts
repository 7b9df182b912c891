import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import { useKeyState } from "../../../playground/key/use-key-state";

/**
 * Whether the page must wait for a key before it can show anything. With another key everything is read again: it may be
 * another tenant's.
 */
export function useKeyNeeded(): boolean {
  const client = useApolloClient();
  const state = useKeyState();
  useEffect(() => {
    if (state === "in-use") void client.resetStore();
  }, [state, client]);
  return state === "needed" || state === "refused";
}
