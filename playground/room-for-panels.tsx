import { useGraphiQL } from "@graphiql/react";
import { useEffect } from "react";

/**
 * What GraphiQL lacks where an open panel leaves it little room: long lines go on in the next, and the tab that is opened is
 * scrolled to.
 */
export function RoomForPanels(): null {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const activeTab = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.id);
  useEffect(() => {
    for (const editor of [queryEditor, headerEditor]) editor?.updateOptions({ wordWrap: "on" });
  }, [queryEditor, headerEditor]);
  useEffect(() => {
    document.querySelector(".graphiql-tab-active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [activeTab]);
  return null;
}
