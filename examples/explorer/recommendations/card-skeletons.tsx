import type { ReactElement } from "react";

/** Stands where cards will, as high as most of them. */
export function CardSkeletons(): ReactElement {
  return (
    <div className="cards" aria-hidden="true">
      {[1, 2, 3, 4].map((card) => (
        <div key={card} className="card card-skeleton">
          <span className="skeleton title" />
          <span className="skeleton" />
          <span className="skeleton short" />
        </div>
      ))}
    </div>
  );
}
