import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import type { ProviderRowFragment } from "../generated/graphql";
import { formatName, formatNumber } from "../ui/format";
import { ProviderBadge } from "./provider-badge";

export const ProviderRowDocument = graphql(`
  fragment ProviderRow on ProviderStatus {
    provider
    configured
    sandbox
    circuit
    creditsSpent(since: $since)
    creditUnit
    creditBudget
    lastErrorCode
  }
`);

interface ProviderRowProps {
  readonly status: FragmentType<typeof ProviderRowDocument>;
}

/** One provider: whether it can be asked now, and what it has cost this month. */
export function ProviderRow({ status }: ProviderRowProps): ReactElement {
  const row = readFragment(ProviderRowDocument, status);
  const state = stateOf(row);
  return (
    <li className="provider-row">
      <div className="provider-line">
        <ProviderBadge provider={row.provider} />
        <span className="state" data-state={state.kind}>
          {state.words}
        </span>
      </div>
      <p className="provider-cost">
        <strong>{formatNumber(row.creditsSpent)}</strong>
        {row.creditBudget == null ? null : ` of ${formatNumber(row.creditBudget)}`}
        {row.creditsSpent === 1 && row.creditBudget == null ? " credit" : " credits"}
        {row.creditUnit === "credit" ? null : <span className="quiet"> · one per {row.creditUnit}</span>}
      </p>
      {row.creditBudget == null ? null : (
        <progress
          className="budget"
          max={row.creditBudget}
          value={row.creditsSpent}
          aria-label="Part of the budget that is spent"
        />
      )}
      {row.lastErrorCode == null ? null : (
        <p className="provider-error">Last call: {formatName(row.lastErrorCode).replace("provider ", "")}</p>
      )}
    </li>
  );
}

interface State {
  readonly kind: "good" | "poor" | "bad" | "off";
  readonly words: string;
}

function stateOf({ configured, circuit, lastErrorCode }: ProviderRowFragment): State {
  if (!configured) return { kind: "off", words: "No key" };
  switch (circuit) {
    case "OPEN":
      return { kind: "bad", words: "Unavailable" };
    case "HALF_OPEN":
      return { kind: "poor", words: "Being tried again" };
    case "CLOSED":
      return lastErrorCode == null ? { kind: "good", words: "Available" } : { kind: "poor", words: "Failed last" };
    default:
      return circuit satisfies never;
  }
}
