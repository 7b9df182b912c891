import type { ReactElement } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ProviderBadge } from "../providers/provider-badge";
import { PROVIDER_NAMES } from "../providers/provider-names";
import { Disclosure } from "../ui/disclosure";
import { formatCount, formatCredits, formatDay, formatNumber } from "../ui/format";
import type { ProviderSpending } from "./daily-spending";

interface ProviderChartProps {
  readonly spending: ProviderSpending;
}

/** What a provider was paid day by day: drawn for those who see it, and as a table for everybody. */
export function ProviderChart({ spending }: ProviderChartProps): ReactElement {
  const { provider, creditUnit, days, calls, credits, unsettled } = spending;
  return (
    <section className="provider-spending" aria-label={PROVIDER_NAMES[provider]}>
      <h3>
        <ProviderBadge provider={provider} />
      </h3>
      <p>
        <strong>{formatCredits(credits)}</strong>
        {creditUnit === "credit" ? null : <span className="quiet"> · one per {creditUnit}</span>}
        <span className="quiet"> · {formatCount(calls, "call", "calls")}</span>
        {unsettled === 0 ? null : <span className="unsettled"> · {formatCredits(unsettled)} unsettled</span>}
      </p>
      <Chart spending={spending} />
      <Disclosure label="Day by day" detail="as a table">
        {() => <DayTable days={days.filter((day) => day.calls > 0)} of={PROVIDER_NAMES[provider]} />}
      </Disclosure>
    </section>
  );
}

const TICK = { fill: "var(--quiet)", fontSize: 12 };
const TOOLTIP = {
  background: "var(--surface)",
  border: "1px solid var(--outline)",
  borderRadius: 8,
  color: "var(--text)",
};

/** Hidden from those who are read to, and no stop for the keyboard: the table says the same. */
function Chart({ spending: { provider, days } }: ProviderChartProps): ReactElement {
  const color = `var(--${provider.toLowerCase()})`;
  return (
    <div className="chart" aria-hidden="true">
      <ResponsiveContainer width="100%" height={160}>
        <BarChart data={[...days]} accessibilityLayer={false} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="day" tickFormatter={formatDay} tick={TICK} stroke="var(--line)" minTickGap={24} />
          <YAxis width="auto" tick={TICK} stroke="none" tickCount={4} allowDecimals={false} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--sunken)" }}
            contentStyle={TOOLTIP}
            itemStyle={{ color: "var(--text)" }}
            labelFormatter={(day) => (typeof day === "string" ? formatDay(day) : day)}
          />
          <Bar dataKey="credits" stackId="day" fill={color} maxBarSize={24} isAnimationActive={false} />
          <Bar
            dataKey="unsettled"
            stackId="day"
            fill="var(--page)"
            stroke={color}
            strokeDasharray="3 2"
            maxBarSize={24}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

interface DayTableProps {
  readonly days: ProviderSpending["days"];
  /** Who was paid. */
  readonly of: string;
}

function DayTable({ days, of }: DayTableProps): ReactElement {
  return (
    <table className="sums">
      <caption className="unseen">What was spent with {of}, day by day</caption>
      <thead>
        <tr>
          <th scope="col">Day (UTC)</th>
          <th scope="col">Calls</th>
          <th scope="col">Credits</th>
          <th scope="col">Unsettled</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, calls, credits, unsettled }) => (
          <tr key={day}>
            <th scope="row">
              <time dateTime={day}>{formatDay(day)}</time>
            </th>
            <td>{formatNumber(calls)}</td>
            <td>{formatNumber(credits)}</td>
            <td>{formatNumber(unsettled)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
