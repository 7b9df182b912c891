import { useGraphiQLActions } from "@graphiql/react";
import { useEffect } from "react";
import { useKeyState } from "./use-key-state";

/** Asks for the schema again once the page has another key: without one the server did not give it. */
export function SchemaForKey(): null {
  const actions = useGraphiQLActions();
  const state = useKeyState();
  useEffect(() => {
    if (state === "in-use") void actions.introspect();
  }, [state, actions]);
  return null;
}
