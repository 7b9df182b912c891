import type { ReactElement } from "react";
import type { SpendingQuery as Answer } from "../generated/graphql";
import { ProviderBadge } from "../providers/provider-badge";
import { formatNumber } from "../ui/format";

interface SpenderTableProps {
  readonly rows: Answer["bySpender"];
}

/** Who spent it and for what, the dearest of each provider first. */
export function SpenderTable({ rows }: SpenderTableProps): ReactElement {
  const sorted = [...rows].sort(
    (one, other) =>
      (one.provider ?? "").localeCompare(other.provider ?? "") ||
      other.credits + other.unsettled - one.credits - one.unsettled,
  );
  return (
    <table className="sums spenders">
      <caption className="unseen">What was spent, by provider, operation, client and user</caption>
      <thead>
        <tr>
          {["Provider", "Operation", "Client", "User", "Calls", "Credits", "Unsettled"].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ provider, operation, client, user, calls, credits, unsettled }) => (
          <tr key={JSON.stringify([provider, operation, client, user])}>
            <th scope="row">{provider ? <ProviderBadge provider={provider} /> : null}</th>
            <td data-name="Operation">{operation ?? <None of="without a name" />}</td>
            <td data-name="Client">{client ?? <None of="not said" />}</td>
            <td data-name="User">{user ?? <None of="the key’s own" />}</td>
            <td data-name="Calls">{formatNumber(calls)}</td>
            <td data-name="Credits">{formatNumber(credits)}</td>
            <td data-name="Unsettled">{formatNumber(unsettled)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NoneProps {
  readonly of: string;
}

/** Stands where the ledger has nothing. */
function None({ of }: NoneProps): ReactElement {
  return <span className="quiet">{of}</span>;
}
