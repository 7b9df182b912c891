import type { Provider } from "../../domain/provider";
import { statement } from "../sql/statement";

/** Adds ended calls to the sums of their days. */
export const COUNT_CALLS = statement<{
  readonly id: string;
  /** Days since 1970 (UTC). */
  readonly day: number;
  readonly calls: number;
  readonly credits: number;
  readonly unsettled: number;
}>(
  "count calls",
  { id: "text", day: "integer", calls: "real", credits: "real", unsettled: "real" },
  ({ tenant, given, join }) => `
    insert into spending (tenant, day, provider, operation, client, user_name, calls, credits, unsettled)
    select ${tenant}, given.day, call.provider, coalesce(call.operation_name, ''), coalesce(call.client, ''),
      coalesce(call.user_name, ''), sum(given.calls), sum(given.credits), sum(given.unsettled)
    from ${given} ${join} provider_call as call on call.tenant = given.tenant and call.id = given.id
    where true group by 2, 3, 4, 5, 6
    on conflict (tenant, day, provider, operation, client, user_name) do update
    set calls = spending.calls + excluded.calls, credits = spending.credits + excluded.credits,
      unsettled = spending.unsettled + excluded.unsettled`,
);

/** A report has at most so many sums. */
export const MAX_SUMS = 10_000;

/** What the sums are divided by (1) or not (0), and whose calls are summed. */
export interface SpendingShape {
  readonly by_provider: number;
  readonly by_day: number;
  readonly by_operation: number;
  readonly by_client: number;
  readonly by_user: number;
  /** 1: only calls for `user_name`; an empty text: those for no user. */
  readonly is_of_user: number;
  readonly user_name: string;
}

const SHAPE = {
  by_provider: "integer",
  by_day: "integer",
  by_operation: "integer",
  by_client: "integer",
  by_user: "integer",
  is_of_user: "integer",
  user_name: "text",
} as const;

/** Sums of calls; `null` where the sums are not divided by it, or the calls have none. */
export interface SpendingRow {
  readonly provider: Provider | null;
  readonly day: number | null;
  readonly operation: string | null;
  readonly client: string | null;
  readonly user_name: string | null;
  readonly calls: number;
  readonly credits: number;
  readonly unsettled: number;
}

/** The sums of complete days, from `first` to before `past`. */
export const SPENT_ON_DAYS = statement<SpendingShape & { readonly first: number; readonly past: number }, SpendingRow>(
  "spent on days",
  { ...SHAPE, first: "integer", past: "integer" },
  ({ given, join }) => `
    select case when given.by_provider = 1 then spent.provider end as provider,
      case when given.by_day = 1 then spent.day end as day,
      case when given.by_operation = 1 then nullif(spent.operation, '') end as operation,
      case when given.by_client = 1 then nullif(spent.client, '') end as client,
      case when given.by_user = 1 then nullif(spent.user_name, '') end as user_name,
      sum(spent.calls) as calls, sum(spent.credits) as credits, sum(spent.unsettled) as unsettled
    from ${given} ${join} spending as spent on spent.tenant = given.tenant and spent.day >= given.first
      and spent.day < given.past and (given.is_of_user = 0 or spent.user_name = given.user_name)
    group by 1, 2, 3, 4, 5 limit ${String(MAX_SUMS + 1)}`,
);

/** Times of one provider, in milliseconds since 1970 UTC: from `first` to before `past`. */
type Times = SpendingShape & { readonly provider: Provider; readonly first: number; readonly past: number };

const spentInTimes = (name: string, at: string, condition: string, credits: string, unsettled: string) =>
  statement<Times, SpendingRow>(
    name,
    { ...SHAPE, provider: "text", first: "integer", past: "integer" },
    ({ given, join }) => `
      select case when given.by_provider = 1 then call.provider end as provider,
        case when given.by_day = 1 then ${at} / 86400000 end as day,
        case when given.by_operation = 1 then call.operation_name end as operation,
        case when given.by_client = 1 then call.client end as client,
        case when given.by_user = 1 then call.user_name end as user_name,
        count(*) as calls, ${credits} as credits, ${unsettled} as unsettled
      from ${given} ${join} provider_call as call on call.tenant = given.tenant and call.provider = given.provider
        and ${condition} and ${at} >= given.first and ${at} < given.past
        and (given.is_of_user = 0 or coalesce(call.user_name, '') = given.user_name)
      group by 1, 2, 3, 4, 5 limit ${String(MAX_SUMS + 1)}`,
  );

/** The sums of calls of parts of days: settled ones, and those whose outcome is unknown. */
export const SPENT_IN_TIMES = [
  spentInTimes("spent in times", "call.settled_at", "call.settled_at is not null", "sum(call.credits)", "0"),
  spentInTimes(
    "unsettled in times",
    "call.started_at",
    "call.settled_at is null and call.outcome is not null",
    "0",
    "sum(call.reserved_credits)",
  ),
];
