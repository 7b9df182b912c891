import { useEffect, useId, useRef, type ReactElement } from "react";
import type { Estimate } from "../client/estimate";
import { NextCost } from "./next-cost";

interface LoadMoreProps {
  readonly isLoading: boolean;
  /** Whether it loads by itself when it comes near: not where the last attempt failed. */
  readonly isAutomatic: boolean;
  /** How many rows there are: after each page the end of the list is watched anew. */
  readonly rows: number;
  /** What it may cost; `null`: not known. */
  readonly estimate: Estimate | null;
  readonly load: () => void;
  /** Somebody asked: what comes is what they want to see next. */
  readonly loadByHand: () => void;
}

/** The end of a list that goes on: the next page comes as it is scrolled to, or by the button. */
export function LoadMore({ isLoading, isAutomatic, rows, estimate, load, loadByHand }: LoadMoreProps): ReactElement {
  const end = useRef<HTMLDivElement>(null);
  const cost = useId();
  useEffect(() => {
    if (!isAutomatic || end.current === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) load();
      },
      { rootMargin: "0px 0px 400px 0px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isAutomatic, rows, load]);
  return (
    <div ref={end} className="load-more">
      <button type="button" className="button" aria-disabled={isLoading} aria-describedby={cost} onClick={loadByHand}>
        {isLoading ? "Loading more…" : "Load more"}
      </button>
      <NextCost id={cost} estimate={isLoading ? null : estimate} />
    </div>
  );
}
