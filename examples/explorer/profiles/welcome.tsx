import type { ReactElement } from "react";
import { SAMPLE_PROFILE } from "./sample-profile";
import { useSaveProfile } from "./use-save-profile";

interface WelcomeProps {
  readonly create: () => void;
}

/** What a first visitor sees: one click to have something to look at. */
export function Welcome({ create }: WelcomeProps): ReactElement {
  const { isSaving, errors, save } = useSaveProfile();
  return (
    <section className="welcome">
      <h1>Who is worth talking to?</h1>
      <p>
        Say whom you sell to, and see the companies and people that the providers recommend: why, how strongly, who said
        so, and what it cost.
      </p>
      <div className="actions">
        <button
          type="button"
          className="button primary"
          aria-disabled={isSaving}
          onClick={() => {
            if (!isSaving) void save(SAMPLE_PROFILE);
          }}
        >
          {isSaving ? "Saving the sample…" : "Try a sample profile"}
        </button>
        <button type="button" className="button" onClick={create}>
          Make your own
        </button>
      </div>
      <p className="quiet">
        The sample: software companies in five countries of Europe, and lookalikes of one of them and of its head of
        sales.
      </p>
      <div role="alert">
        {errors.map(({ message }) => (
          <p key={message} className="problem">
            {message}
          </p>
        ))}
      </div>
    </section>
  );
}
