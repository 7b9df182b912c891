import type { ReactElement } from "react";

interface WelcomeProps {
  readonly create: () => void;
}

/** What stands in the place of recommendations where no profile is saved. */
export function Welcome({ create }: WelcomeProps): ReactElement {
  return (
    <section className="welcome">
      <h2>Who is worth talking to?</h2>
      <p>
        Say whom you sell to, and see the companies and people that the providers recommend: why, how strongly, who said
        so, and what it cost.
      </p>
      <div className="actions">
        <button type="button" className="button primary" onClick={create}>
          Make a profile
        </button>
      </div>
    </section>
  );
}
