import { Fragment, type ReactElement } from "react";
import type { Estimate } from "../client/estimate";
import { ProviderBadge } from "../providers/provider-badge";
import { PROVIDER_NAMES } from "../providers/provider-names";
import { formatCredits } from "../ui/format";

interface NextCostProps {
  readonly id: string;
  /** `null`: not known. */
  readonly estimate: Estimate | null;
}

/** What the next page may cost. Credits of different providers are not added: one is not worth the other. */
export function NextCost({ id, estimate }: NextCostProps): ReactElement {
  return (
    <p id={id} className="next-cost">
      {estimate && wordsFor(estimate)}
    </p>
  );
}

function wordsFor({ providers }: Estimate): ReactElement | string {
  if (providers.length === 0) return "free: recorded";
  const charging = providers.filter(({ credits }) => credits > 0);
  if (charging.length > 0) {
    return (
      <>
        may cost up to{" "}
        {charging.map(({ provider, credits }, place) => (
          <Fragment key={provider}>
            {place === 0 ? null : ", "}
            {formatCredits(credits)} of <ProviderBadge provider={provider} />
          </Fragment>
        ))}
      </>
    );
  }
  const spent = providers.filter(({ left, calls }) => left !== null && calls === 0);
  if (spent.length === 0) return "free";
  return `free: only what is recorded, since the budget of ${spent.map(({ provider }) => PROVIDER_NAMES[provider]).join(", ")} is used up`;
}
