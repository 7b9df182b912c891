import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import { ProviderBadge } from "../providers/provider-badge";
import { formatInstant, formatName } from "../ui/format";

const SourceRowDocument = graphql(`
  fragment SourceRow on SourceRecord {
    provider
    providerId
    fetchedAt
    fields
  }
`);

interface SourcesProps {
  readonly sources: readonly FragmentType<typeof SourceRowDocument>[];
  /** Whose facts these are. */
  readonly of: string;
}

/** Which provider said what, and when. */
export function Sources({ sources, of }: SourcesProps): ReactElement {
  return (
    <table className="sources">
      <caption className="unseen">What each provider says of {of}</caption>
      <thead>
        <tr>
          <th scope="col">Provider</th>
          <th scope="col">Fetched</th>
          <th scope="col">Supplies</th>
        </tr>
      </thead>
      <tbody>
        {readFragment(SourceRowDocument, sources).map((source) => (
          <tr key={`${source.provider} ${source.providerId ?? ""} ${source.fetchedAt}`}>
            <th scope="row">
              <ProviderBadge provider={source.provider} />
              {source.providerId ? <code className="provider-id">{source.providerId}</code> : null}
            </th>
            <td>
              <time dateTime={source.fetchedAt}>{formatInstant(source.fetchedAt)}</time>
            </td>
            <td>{source.fields.length > 0 ? source.fields.map(formatName).join(", ") : "nothing that others lack"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
