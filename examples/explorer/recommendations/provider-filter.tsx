import type { ReactElement } from "react";
import type { Provider } from "../generated/graphql";
import { ProviderBadge } from "../providers/provider-badge";
import { PROFILE_PROVIDERS } from "../providers/provider-names";

interface ProviderFilterProps {
  /** `null` is all that can serve the profile. */
  readonly chosen: readonly Provider[] | null;
  readonly choose: (providers: readonly Provider[] | null) => void;
}

/** Narrows the list to some of the providers; none chosen is all of them. */
export function ProviderFilter({ chosen, choose }: ProviderFilterProps): ReactElement {
  const toggle = (provider: Provider): void => {
    const now = PROFILE_PROVIDERS.filter((one) => (one === provider) !== (chosen ?? []).includes(one));
    choose(now.length === 0 ? null : now);
  };
  return (
    <div className="filter" role="group" aria-label="Providers to list">
      <button type="button" className="toggle" aria-pressed={chosen === null} onClick={() => choose(null)}>
        All
      </button>
      {PROFILE_PROVIDERS.map((provider) => (
        <button
          key={provider}
          type="button"
          className="toggle"
          aria-pressed={chosen?.includes(provider) ?? false}
          onClick={() => toggle(provider)}
        >
          <ProviderBadge provider={provider} />
        </button>
      ))}
    </div>
  );
}
