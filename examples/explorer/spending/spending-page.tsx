import { useQuery } from "@apollo/client/react";
import { useState, type ReactElement } from "react";
import { issuesOf } from "../client/failure";
import type { SpendingQuery as Answer } from "../generated/graphql";
import { CardSkeletons } from "../recommendations/card-skeletons";
import { IssueBanner } from "../recommendations/issue-banner";
import { CsvButton } from "./csv-button";
import { spendingByProvider } from "./daily-spending";
import { daysOf, PERIODS, startOf, type Period } from "./periods";
import { ProviderChart } from "./provider-chart";
import { SpenderTable } from "./spender-table";
import { SpendingQuery } from "./spending.query";

/** What was spent in a period, day by day, and by whom. */
export function SpendingPage(): ReactElement {
  const [period, setPeriod] = useState<Period>("month");
  const [now] = useState(() => new Date());
  const days = daysOf(period, now);
  const since = startOf(days[0]);
  const { data, error, refetch } = useQuery(SpendingQuery, { variables: { since }, fetchPolicy: "network-only" });
  return (
    <>
      <div className="page-head">
        <div className="page-title">
          <h2>Spending</h2>
        </div>
        <div className="spending-controls">
          <PeriodChoice chosen={period} choose={setPeriod} />
          <CsvButton key={since} since={since} days={`${days[0]}-${days.at(-1) ?? days[0]}`} />
        </div>
      </div>
      {error ? (
        <IssueBanner title="What was spent cannot be read" issues={issuesOf(error)} retry={() => void refetch()} />
      ) : null}
      {data ? <Report answer={data} days={days} /> : null}
      {!data && !error ? <CardSkeletons /> : null}
    </>
  );
}

interface ReportProps {
  readonly answer: Answer;
  readonly days: readonly string[];
}

function Report({ answer, days }: ReportProps): ReactElement {
  const spendings = spendingByProvider(answer, days);
  if (spendings.length === 0) return <p className="notice">No provider was called in this period.</p>;
  const isUnsettled = spendings.some(({ unsettled }) => unsettled > 0);
  return (
    <>
      <p className="quiet">
        One provider’s credit is not worth another’s, so each has a scale of its own and nothing is added up. Days are
        in UTC.
        {isUnsettled
          ? " Unsettled credits are reserved by calls whose outcome is unknown: drawn with a broken line."
          : null}
      </p>
      <div className="provider-spendings">
        {spendings.map((spending) => (
          <ProviderChart key={spending.provider} spending={spending} />
        ))}
      </div>
      <h3 className="spenders-title">Who spent it, and for what</h3>
      <SpenderTable rows={answer.bySpender} />
    </>
  );
}

interface PeriodChoiceProps {
  readonly chosen: Period;
  readonly choose: (period: Period) => void;
}

function PeriodChoice({ chosen, choose }: PeriodChoiceProps): ReactElement {
  return (
    <fieldset className="segmented">
      <legend className="unseen">Period</legend>
      {(Object.keys(PERIODS) as readonly Period[]).map((period) => (
        <label key={period}>
          <input type="radio" name="period" checked={period === chosen} onChange={() => choose(period)} />
          <span>{PERIODS[period]}</span>
        </label>
      ))}
    </fieldset>
  );
}
