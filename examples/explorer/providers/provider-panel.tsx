import { useQuery } from "@apollo/client/react";
import { useState, type ReactElement } from "react";
import { readFragment } from "../generated";
import type { ProvidersQuery as Answer } from "../generated/graphql";
import { SidePanel } from "../ui/side-panel";
import { PROVIDER_NAMES } from "./provider-names";
import { ProviderRow, ProviderRowDocument } from "./provider-row";
import { ProvidersQuery, startOfMonth } from "./providers.query";

type Statuses = Answer["providers"];

/** What each provider has cost this month, and which is unavailable; folded away where there is little room. */
export function ProviderPanel(): ReactElement {
  const [since] = useState(() => startOfMonth(new Date()));
  const { data, error } = useQuery(ProvidersQuery, { variables: { since } });
  return (
    <SidePanel id="providers-title" title="Providers this month" detail={data && availability(data.providers)}>
      {() => <ProviderRows statuses={data?.providers ?? null} hasFailed={error !== undefined} />}
    </SidePanel>
  );
}

/** Which provider is asked in vain at the moment, if any. */
function availability(statuses: Statuses): string {
  const open = readFragment(ProviderRowDocument, statuses).filter(({ circuit }) => circuit === "OPEN");
  const names = open.map(({ provider }) => PROVIDER_NAMES[provider]);
  return names.length === 0 ? "all available" : `${names.join(", ")} unavailable`;
}

interface ProviderRowsProps {
  /** `null` while they are on their way, or where they cannot be told. */
  readonly statuses: Statuses | null;
  readonly hasFailed: boolean;
}

function ProviderRows({ statuses, hasFailed }: ProviderRowsProps): ReactElement {
  if (statuses) {
    return (
      <ul className="provider-rows">
        {statuses.map((status) => (
          <ProviderRow key={status.provider} status={status} />
        ))}
      </ul>
    );
  }
  if (hasFailed) return <p role="alert">What the providers cost cannot be told: the graph did not answer.</p>;
  return (
    <div className="provider-rows" aria-busy="true">
      <span className="unseen">Loading the providers</span>
      {[1, 2, 3, 4].map((row) => (
        <div key={row} className="provider-row skeleton-lines">
          <span className="skeleton" />
          <span className="skeleton short" />
        </div>
      ))}
    </div>
  );
}
