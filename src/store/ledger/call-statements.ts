import type { Provider } from "../../domain/provider";
import { statement } from "../sql/statement";

/** The value of `day` for the total of all days. */
export const EVER = "";

/** Calendar days (UTC) of a provider: from `first` to before `past`, as text. */
export interface Days {
  readonly provider: Provider;
  readonly first: string;
  readonly past: string;
}

/** At most so many unsettled calls are listed at once. */
const MAX_UNSETTLED = 1_000;

/** The index of the given row that a row of the answer belongs to. */
interface Numbered {
  readonly nth: number;
}

export interface CallRow {
  readonly id: string;
  readonly provider: Provider;
  readonly operation: string;
  readonly feed_id: string | null;
  readonly reserved_credits: number;
  readonly started_at: number;
  readonly operation_name: string | null;
  readonly client: string | null;
  readonly client_version: string | null;
  readonly caller: string | null;
  readonly user_name: string | null;
}

/** How a call was ended. */
export interface EndedCall extends Pick<CallRow, "id" | "provider" | "reserved_credits" | "started_at"> {
  readonly outcome: string;
  /** `null`: its cost is unknown. */
  readonly settled_at: number | null;
  readonly credits: number;
}

export const ADD_CALL = statement<CallRow>(
  "add call",
  {
    id: "text",
    provider: "text",
    operation: "text",
    feed_id: "text",
    reserved_credits: "real",
    started_at: "integer",
    operation_name: "text",
    client: "text",
    client_version: "text",
    caller: "text",
    user_name: "text",
  },
  ({ tenant, given }) => `
    insert into provider_call (tenant, id, provider, operation, feed_id, reserved_credits, started_at, operation_name,
      client, client_version, caller, user_name)
    select ${tenant}, id, provider, operation, feed_id, reserved_credits, started_at, operation_name, client,
      client_version, caller, user_name from ${given}`,
);

/** Settles calls that were not ended yet. */
export const SETTLE_CALL = statement<{
  readonly id: string;
  readonly settled_at: number;
  readonly outcome: string;
  readonly credits: number;
}>(
  "settle call",
  { id: "text", settled_at: "integer", outcome: "text", credits: "real" },
  ({ given }) => `
    update provider_call set (settled_at, outcome, credits) = (
      select given.settled_at, given.outcome, given.credits from ${given} where given.id = provider_call.id)
    where (provider_call.tenant, provider_call.id) in (select given.tenant, given.id from ${given})
      and provider_call.settled_at is null and provider_call.outcome is null`,
);

/** A call that was ended. */
export const ENDED_CALL = statement<{ readonly id: string }, EndedCall>(
  "ended call",
  { id: "text" },
  ({ given, join }) => `
    select call.id, call.provider, call.reserved_credits, call.started_at, call.settled_at, call.outcome, call.credits
    from ${given} ${join} provider_call as call on call.tenant = given.tenant and call.id = given.id
      and call.outcome is not null`,
);

/** Makes a call a running one again. */
export const REOPEN_CALL = statement<{ readonly id: string }>(
  "reopen call",
  { id: "text" },
  ({ given }) => `
    update provider_call set settled_at = null, outcome = null, credits = 0
    where (tenant, id) in (select given.tenant, given.id from ${given})`,
);

/** Ends running calls whose reservations stay, and returns them. */
export const LEAVE_UNSETTLED = statement<
  { readonly id: string; readonly outcome: string },
  Pick<CallRow, "id" | "provider" | "reserved_credits" | "started_at">
>(
  "leave calls unsettled",
  { id: "text", outcome: "text" },
  ({ given }) => `
    update provider_call set outcome = (select given.outcome from ${given} where given.id = provider_call.id)
    where (provider_call.tenant, provider_call.id) in (select given.tenant, given.id from ${given})
      and provider_call.settled_at is null and provider_call.outcome is null
    returning id, provider, reserved_credits, started_at`,
);

/** The running calls of providers. */
export const OPEN_CALLS = statement<{ readonly provider: Provider }, Pick<CallRow, "id" | "provider" | "started_at">>(
  "open calls",
  { provider: "text" },
  ({ given, join }) => `
    select call.id, call.provider, call.started_at from ${given}
    ${join} provider_call as call on call.tenant = given.tenant and call.provider = given.provider
      and call.settled_at is null and call.outcome is null`,
);

/** A call whose outcome is unknown. */
export const UNSETTLED_CALL = statement<{ readonly id: string }, CallRow>(
  "unsettled call",
  { id: "text" },
  ({ given, join }) => `
    select call.id, call.provider, call.operation, call.feed_id, call.reserved_credits, call.started_at,
      call.operation_name, call.client, call.client_version, call.caller, call.user_name from ${given}
    ${join} provider_call as call on call.tenant = given.tenant and call.id = given.id
      and call.settled_at is null and call.outcome is not null`,
);

/** The calls of a provider whose outcome is unknown, from `first` on; the oldest first. */
export const UNSETTLED_CALLS = statement<{ readonly provider: Provider; readonly first: number }, CallRow>(
  "unsettled calls",
  { provider: "text", first: "integer" },
  ({ given, join }) => `
    select call.id, call.provider, call.operation, call.feed_id, call.reserved_credits, call.started_at,
      call.operation_name, call.client, call.client_version, call.caller, call.user_name from ${given}
    ${join} provider_call as call on call.tenant = given.tenant and call.provider = given.provider
      and call.settled_at is null and call.outcome is not null and call.started_at >= given.first
    order by call.started_at, call.id limit ${String(MAX_UNSETTLED)}`,
);

/** Settles calls at the time when they began. */
export const SETTLE_BY_HAND = statement<{ readonly id: string; readonly credits: number }>(
  "settle call by hand",
  { id: "text", credits: "real" },
  ({ given }) => `
    update provider_call set settled_at = started_at,
      credits = (select given.credits from ${given} where given.id = provider_call.id)
    where (provider_call.tenant, provider_call.id) in (select given.tenant, given.id from ${given})`,
);

export const FORGET_CALL = statement<{ readonly id: string }>(
  "forget call",
  { id: "text" },
  ({ given }) => `delete from provider_call where (tenant, id) in (select given.tenant, given.id from ${given})`,
);

/**
 * Credits of the days from `first` to before `past`: charged ones, reservations of calls whose cost is unknown, and
 * reservations of running calls.
 */
export const COMMITTED = statement<Days, { readonly credits: number }>(
  "committed credits",
  { provider: "text", first: "text", past: "text" },
  ({ given }) => `
    select coalesce((
      select sum(counted.credits + counted.unsettled) from credit_count as counted
      where counted.tenant = given.tenant and counted.provider = given.provider and counted.day >= given.first
        and counted.day < given.past
    ), 0) + coalesce((
      select sum(call.reserved_credits) from provider_call as call
      where call.tenant = given.tenant and call.provider = given.provider and call.settled_at is null
        and call.outcome is null
    ), 0) as credits
    from ${given}`,
);

/** Stores the units that were not charged yet in their month, and returns their number. */
export const CHARGE_UNITS = statement<{
  readonly provider: string;
  readonly month: string;
  readonly unit: string;
  readonly call_id: string;
}>(
  "charge units",
  { provider: "text", month: "text", unit: "text", call_id: "text" },
  ({ tenant, given }) => `
    insert into charge (tenant, provider, month, unit, call_id)
    select ${tenant}, provider, month, unit, call_id from ${given} where true
    on conflict (tenant, provider, month, unit) do nothing`,
);

export const COUNT_CREDITS = statement<{
  readonly provider: string;
  readonly day: string;
  readonly credits: number;
  readonly unsettled: number;
}>(
  "count credits",
  { provider: "text", day: "text", credits: "real", unsettled: "real" },
  ({ tenant, given }) => `
    insert into credit_count (tenant, provider, day, credits, unsettled)
    select ${tenant}, provider, day, sum(credits), sum(unsettled) from ${given} where true group by provider, day
    on conflict (tenant, provider, day) do update
    set credits = credit_count.credits + excluded.credits, unsettled = credit_count.unsettled + excluded.unsettled`,
);

/** Credits charged on the days from `first` to before `past`. */
export const COUNTED = statement<Days & Numbered, Numbered & { readonly credits: number }>(
  "counted credits",
  { nth: "integer", provider: "text", first: "text", past: "text" },
  ({ given }) => `
    select given.nth, coalesce((
      select sum(counted.credits) from credit_count as counted
      where counted.tenant = given.tenant and counted.provider = given.provider and counted.day >= given.first
        and counted.day < given.past
    ), 0) as credits
    from ${given}`,
);

/** Credits of the calls that were settled from `first` to before `past`. */
export const SETTLED = statement<
  Numbered & { readonly provider: string; readonly first: number; readonly past: number },
  Numbered & { readonly credits: number }
>(
  "credits of settled calls",
  { nth: "integer", provider: "text", first: "integer", past: "integer" },
  ({ given }) => `
    select given.nth, coalesce((
      select sum(call.credits) from provider_call as call
      where call.tenant = given.tenant and call.provider = given.provider and call.settled_at >= given.first
        and call.settled_at < given.past
    ), 0) as credits
    from ${given}`,
);
