import type { ReactElement } from "react";
import type { Issue } from "../client/failure";
import { PROVIDER_NAMES } from "../providers/provider-names";
import { formatTime } from "../ui/format";
import { WarningIcon } from "../ui/icons";

interface IssueBannerProps {
  readonly title: string;
  /** Never empty. */
  readonly issues: readonly Issue[];
  readonly retry?: () => void;
}

/** What could not be had and why, beside whatever could. */
export function IssueBanner({ title, issues, retry }: IssueBannerProps): ReactElement {
  return (
    <section className="banner" role="alert" aria-label={title}>
      <WarningIcon />
      <div>
        <p className="banner-title">{title}</p>
        <ul>
          {issues.map((issue) => (
            <li key={`${issue.provider ?? ""} ${issue.code}`}>
              {issue.provider === null ? null : <strong>{PROVIDER_NAMES[issue.provider]}: </strong>}
              {issue.message} <code>{issue.code}</code>
              {issue.retryAfter === null ? null : (
                <>
                  {" "}
                  Ask again after <time dateTime={issue.retryAfter}>{formatTime(issue.retryAfter)}</time>.
                </>
              )}
            </li>
          ))}
        </ul>
      </div>
      {retry ? (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      ) : null}
    </section>
  );
}
