import type { ReactElement } from "react";
import type { Provider } from "../generated/graphql";
import { PROVIDER_NAMES } from "./provider-names";

interface ProviderBadgeProps {
  readonly provider: Provider;
}

/** A provider's name, with a dot of its colour. */
export function ProviderBadge({ provider }: ProviderBadgeProps): ReactElement {
  return (
    <span className="provider-badge">
      <span className="provider-dot" data-provider={provider} />
      {PROVIDER_NAMES[provider]}
    </span>
  );
}
