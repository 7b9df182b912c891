import type { ReactElement, ReactNode } from "react";
import { Disclosure } from "./disclosure";
import { useMediaQuery } from "./use-media-query";

interface SidePanelProps {
  /** Names its heading; once on a page. */
  readonly id: string;
  readonly title: string;
  /** Follows the title where the panel is folded away. */
  readonly detail?: ReactNode;
  /** Made only while it is open. */
  readonly children: () => ReactNode;
}

/** A panel beside the page; folded away where there is little room. */
export function SidePanel({ id, title, detail, children }: SidePanelProps): ReactElement {
  const isNarrow = useMediaQuery("(max-width: 59.99rem)");
  return (
    <aside className="panel" aria-labelledby={id}>
      <h2 id={id} className={isNarrow ? "unseen" : "panel-title"}>
        {title}
      </h2>
      {isNarrow ? (
        <Disclosure label={title} detail={detail}>
          {children}
        </Disclosure>
      ) : (
        children()
      )}
    </aside>
  );
}
