import type { ReactElement, ReactNode } from "react";
import { ExternalIcon } from "./icons";

interface ExternalLinkProps {
  readonly href: string;
  readonly children: ReactNode;
  /** What it leads to, where the visible words alone do not say. */
  readonly label?: string;
}

/** A link that leaves the page, in a tab of its own. Addresses come from providers, so only those of the web are followed. */
export function ExternalLink({ href, children, label }: ExternalLinkProps): ReactElement {
  if (!/^https?:\/\//.test(href)) return <span>{children}</span>;
  return (
    <a className="external" href={href} target="_blank" rel="noopener noreferrer" aria-label={label}>
      {children}
      <ExternalIcon />
    </a>
  );
}
