import type { MouseEvent, ReactElement, ReactNode } from "react";
import { turnTo } from "./search";

interface PageLinkProps {
  /** The query string of the page that it leads to. */
  readonly to: string;
  readonly className: string;
  readonly isCurrent: boolean;
  readonly children: ReactNode;
}

/** A true link, that a new tab can be opened from; in this tab it does not load the page anew. */
export function PageLink({ to, className, isCurrent, children }: PageLinkProps): ReactElement {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    turnTo(to);
  };
  return (
    <a className={className} href={to} aria-current={isCurrent ? "true" : undefined} onClick={follow}>
      {children}
    </a>
  );
}
