import { PROVIDERS, type Provider } from "../domain/provider";
import type { PaidCall } from "../feeds/feed/feed-store.port";
import type { CallLedger, CallOutcome, NewCall, SpentPeriod } from "../feeds/feed/call-ledger.port";
import type { Database, Writer } from "./sql/database";
import { statement } from "./sql/statement";
import { tenantsOf } from "./tenants";

const DAY_MS = 86_400_000;
/** The day under which all credits ever are counted. */
const EVER = "";

/** Some calendar days (UTC) of a provider: from `first` to before `past`, as text. */
interface Days {
  readonly provider: Provider;
  readonly first: string;
  readonly past: string;
}

/** Tells to which of the given rows a row of the answer belongs. */
interface Numbered {
  readonly nth: number;
}

interface CallRow {
  readonly id: string;
  readonly provider: Provider;
  readonly operation: string;
  readonly feed_id: string | null;
  readonly reserved_credits: number;
  readonly started_at: number;
}

const ADD_CALL = statement<CallRow>(
  "add call",
  {
    id: "text",
    provider: "text",
    operation: "text",
    feed_id: "text",
    reserved_credits: "real",
    started_at: "integer",
  },
  ({ tenant, given }) => `
    insert into provider_call (tenant, id, provider, operation, feed_id, reserved_credits, started_at)
    select ${tenant}, id, provider, operation, feed_id, reserved_credits, started_at from ${given}`,
);

const SETTLE_CALL = statement<{
  readonly id: string;
  readonly settled_at: number;
  readonly outcome: string;
  readonly credits: number;
}>(
  "settle call",
  { id: "text", settled_at: "integer", outcome: "text", credits: "real" },
  ({ tenant, given }) => `
    update provider_call set (settled_at, outcome, credits) = (
      select given.settled_at, given.outcome, given.credits from ${given} where given.id = provider_call.id)
    where provider_call.tenant = ${tenant} and provider_call.id in (select given.id from ${given})`,
);

/** Ends calls whose reservations stay, and gives those. */
const LEAVE_UNSETTLED = statement<
  { readonly id: string; readonly outcome: string },
  Pick<CallRow, "provider" | "reserved_credits" | "started_at">
>(
  "leave calls unsettled",
  { id: "text", outcome: "text" },
  ({ tenant, given }) => `
    update provider_call set outcome = (select given.outcome from ${given} where given.id = provider_call.id)
    where provider_call.tenant = ${tenant} and provider_call.id in (select given.id from ${given})
    returning provider, reserved_credits, started_at`,
);

/** The calls of providers that are under way. */
const OPEN_CALLS = statement<{ readonly provider: Provider }, Pick<CallRow, "id" | "provider">>(
  "open calls",
  { provider: "text" },
  ({ tenant, given }) => `
    select call.id, call.provider from ${given}
    cross join provider_call as call on call.tenant = ${tenant} and call.provider = given.provider
      and call.settled_at is null and call.outcome is null`,
);

const FORGET_CALL = statement<{ readonly id: string }>(
  "forget call",
  { id: "text" },
  ({ tenant, given }) => `delete from provider_call where tenant = ${tenant} and id = (select id from ${given})`,
);

/**
 * What the days from `first` to before `past` have cost, what their calls may have cost of which nobody can tell, and what the
 * calls under way may cost.
 */
const COMMITTED = statement<Days, { readonly credits: number }>(
  "committed credits",
  { provider: "text", first: "text", past: "text" },
  ({ tenant, given }) => `
    select coalesce((
      select sum(counted.credits + counted.unsettled) from credit_count as counted
      where counted.tenant = ${tenant} and counted.provider = given.provider and counted.day >= given.first
        and counted.day < given.past
    ), 0) + coalesce((
      select sum(call.reserved_credits) from provider_call as call
      where call.tenant = ${tenant} and call.provider = given.provider and call.settled_at is null
        and call.outcome is null
    ), 0) as credits
    from ${given}`,
);

/** Gives the number of units that were not charged yet in their month. */
const CHARGE_UNITS = statement<{
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

const COUNT_CREDITS = statement<{
  readonly provider: string;
  readonly day: string;
  readonly credits: number;
  readonly unsettled: number;
}>(
  "count credits",
  { provider: "text", day: "text", credits: "real", unsettled: "real" },
  ({ tenant, given }) => `
    insert into credit_count (tenant, provider, day, credits, unsettled)
    select ${tenant}, provider, day, credits, unsettled from ${given} where true
    on conflict (tenant, provider, day) do update
    set credits = credit_count.credits + excluded.credits, unsettled = credit_count.unsettled + excluded.unsettled`,
);

/** What was charged on the days from `first` to before `past`. */
const COUNTED = statement<Days & Numbered, Numbered & { readonly credits: number }>(
  "counted credits",
  { nth: "integer", provider: "text", first: "text", past: "text" },
  ({ tenant, given }) => `
    select given.nth, coalesce((
      select sum(counted.credits) from credit_count as counted
      where counted.tenant = ${tenant} and counted.provider = given.provider and counted.day >= given.first
        and counted.day < given.past
    ), 0) as credits
    from ${given}`,
);

/** What the calls that were settled from `first` to before `past` were charged. */
const SETTLED = statement<
  Numbered & { readonly provider: string; readonly first: number; readonly past: number },
  Numbered & { readonly credits: number }
>(
  "credits of settled calls",
  { nth: "integer", provider: "text", first: "integer", past: "integer" },
  ({ tenant, given }) => `
    select given.nth, coalesce((
      select sum(call.credits) from provider_call as call
      where call.tenant = ${tenant} and call.provider = given.provider and call.settled_at >= given.first
        and call.settled_at < given.past
    ), 0) as credits
    from ${given}`,
);

/** Provider calls and what they cost, in SQL. */
export class SqlCallLedger implements CallLedger {
  constructor(private readonly database: Database) {}

  begin(call: NewCall, budget: number | null): Promise<boolean> {
    return this.database.writing(call.tenant, async (writer) => {
      if (budget !== null) {
        const [committed] = await writer.rows(COMMITTED, [{ provider: call.provider, ...monthOf(call.startedAt) }]);
        if ((committed?.credits ?? 0) + call.reservedCredits > budget) return false;
      }
      await writer.change(ADD_CALL, [toRow(call)]);
      return true;
    });
  }

  fail({ tenant, provider, id }: NewCall, outcome: CallOutcome, credits: number | null, at: Date): Promise<void> {
    return this.database.writing(tenant, async (writer) => {
      if (credits === null) return leaveUnsettled(writer, [id], outcome);
      await countCredits(writer, provider, credits, at);
      await settle(writer, [id], outcome, credits, at);
    });
  }

  succeed({ tenant, id }: NewCall, at: Date): Promise<void> {
    return this.database.writing(tenant, (writer) => settle(writer, [id], "OK", 0, at));
  }

  forget({ tenant, id }: NewCall): Promise<void> {
    return this.database.writing(tenant, async (writer) => {
      await writer.change(FORGET_CALL, [{ id }]);
    });
  }

  async spent(tenant: string, periods: readonly SpentPeriod[]): Promise<readonly number[]> {
    const spent = periods.map(() => 0);
    const days = periods.map(({ provider, since }, nth) => ({ nth, provider, ...daysFrom(since) }));
    const restsOfDays = periods.flatMap(({ provider, since }, nth) =>
      since ? [{ nth, provider, first: since.getTime(), past: nextDay(since).getTime() }] : [],
    );
    const counted = await this.database.read(COUNTED, tenant, days);
    const settled = await this.database.read(SETTLED, tenant, restsOfDays);
    for (const { nth, credits } of [...counted, ...settled]) spent[nth] = (spent[nth] ?? 0) + credits;
    return spent;
  }

  /**
   * Ends the calls that a process left under way when it died: nobody will ever know how they ended.
   *
   * @param safe providers that may be asked again at no cost; calls of the others keep their reservations.
   */
  async endLost(safe: readonly Provider[], at: Date): Promise<void> {
    for (const tenant of await tenantsOf(this.database)) {
      await this.database.writing(tenant, async (writer) => {
        const lost = await writer.rows(
          OPEN_CALLS,
          PROVIDERS.map((provider) => ({ provider })),
        );
        const idsOf = (isSafe: boolean): readonly string[] =>
          lost.filter(({ provider }) => safe.includes(provider) === isSafe).map(({ id }) => id);
        await settle(writer, idsOf(true), LOST, 0, at);
        await leaveUnsettled(writer, idsOf(false), LOST);
      });
    }
  }
}

const LOST: CallOutcome = "PROVIDER_OUTCOME_UNKNOWN";

/** Settles a call that brought something, and writes down what it cost, within a unit of work. */
export async function settleCall(writer: Writer, { id, provider, charge }: PaidCall, at: Date): Promise<void> {
  const credits = charge.kind === "units" ? await chargeUnits(writer, provider, charge.units, id, at) : charge.credits;
  await countCredits(writer, provider, credits, at);
  await settle(writer, [id], "OK", credits, at);
}

/** Charges each unit that was not charged yet this calendar month. @returns how much was charged. */
function chargeUnits(
  writer: Writer,
  provider: Provider,
  units: readonly string[],
  callId: string,
  at: Date,
): Promise<number> {
  const month = dayOf(at).slice(0, 7);
  return writer.change(
    CHARGE_UNITS,
    [...new Set(units)].map((unit) => ({ provider, month, unit, call_id: callId })),
  );
}

async function countCredits(writer: Writer, provider: Provider, credits: number, at: Date): Promise<void> {
  if (credits === 0) return;
  await writer.change(
    COUNT_CREDITS,
    [dayOf(at), EVER].map((day) => ({ provider, day, credits, unsettled: 0 })),
  );
}

async function settle(
  writer: Writer,
  ids: readonly string[],
  outcome: CallOutcome,
  credits: number,
  at: Date,
): Promise<void> {
  await writer.change(
    SETTLE_CALL,
    ids.map((id) => ({ id, settled_at: at.getTime(), outcome, credits })),
  );
}

/** The calls have ended, but not their reservations: those count on the day on which they began. */
async function leaveUnsettled(writer: Writer, ids: readonly string[], outcome: CallOutcome): Promise<void> {
  const calls = await writer.rows(
    LEAVE_UNSETTLED,
    ids.map((id) => ({ id, outcome })),
  );
  await writer.change(
    COUNT_CREDITS,
    calls.map(({ provider, reserved_credits: unsettled, started_at: startedAt }) => ({
      provider,
      day: dayOf(new Date(startedAt)),
      credits: 0,
      unsettled,
    })),
  );
}

/** A calendar day (UTC), `2026-11-20`. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** The beginning of the calendar day (UTC) after that of `at`. */
function nextDay(at: Date): Date {
  return new Date((Math.floor(at.getTime() / DAY_MS) + 1) * DAY_MS);
}

/** All whole days after `since`; where that is `null`, the day that stands for all of them. */
function daysFrom(since: Date | null): Pick<Days, "first" | "past"> {
  return since === null ? { first: EVER, past: " " } : { first: dayOf(nextDay(since)), past: "~" };
}

/** The days of the calendar month (UTC). */
function monthOf(at: Date): { readonly first: string; readonly past: string } {
  const month = dayOf(at).slice(0, 7);
  return { first: month, past: `${month}~` };
}

function toRow(call: NewCall): CallRow {
  return {
    id: call.id,
    provider: call.provider,
    operation: call.operation,
    feed_id: call.feedId,
    reserved_credits: call.reservedCredits,
    started_at: call.startedAt.getTime(),
  };
}
