import { PROVIDERS, type Provider } from "../domain/provider";
import type { TenantId } from "../domain/tenant-id";
import type { PaidCall } from "../feeds/feed/feed-store.port";
import type { CallLedger, CallOutcome, NewCall, SpentPeriod } from "../feeds/feed/call-ledger.port";
import {
  EVER,
  ADD_CALL,
  SETTLE_CALL,
  ENDED_CALL,
  REOPEN_CALL,
  LEAVE_UNSETTLED,
  OPEN_CALLS,
  FORGET_CALL,
  SETTLE_BY_HAND,
  UNSETTLED_CALL,
  UNSETTLED_CALLS,
  COMMITTED,
  CHARGE_UNITS,
  COUNT_CREDITS,
  COUNTED,
  SETTLED,
  type Days,
  type CallRow,
} from "./ledger/call-statements";
import { inLedger } from "./ledger/ledger-unit";
import { COUNT_CALLS } from "./ledger/spending-statements";
import type { Database, Writer } from "./sql/database";
import { tenantsOf } from "./tenants";

const DAY_MS = 86_400_000;

/** Provider calls and what they cost, in SQL. */
export class SqlCallLedger implements CallLedger {
  constructor(private readonly database: Database) {}

  begin(call: NewCall, budget: number | null): Promise<number | null> {
    return inLedger(this.database, call.tenant, async (writer) => {
      if (budget !== null) {
        const [committed] = await writer.rows(COMMITTED, [{ provider: call.provider, ...monthOf(call.startedAt) }]);
        const left = Math.max(0, budget - (committed?.credits ?? 0));
        if (call.reservedCredits > left) return left;
      }
      await writer.change(ADD_CALL, [toRow(call)]);
      return null;
    });
  }

  async committed(tenant: TenantId, provider: Provider, at: Date): Promise<number> {
    const [committed] = await this.database.read(COMMITTED, tenant, [{ provider, ...monthOf(at) }]);
    return committed?.credits ?? 0;
  }

  fail({ tenant, provider, id }: NewCall, outcome: CallOutcome, credits: number | null, at: Date): Promise<void> {
    return inLedger(this.database, tenant, async (writer) => {
      if (credits === null) await leaveUnsettled(writer, [id], outcome);
      else await settle(writer, { id, provider, outcome, credits }, at);
    });
  }

  succeed({ tenant, provider, id }: NewCall, at: Date): Promise<void> {
    return inLedger(this.database, tenant, (writer) => settle(writer, { id, provider, outcome: "OK", credits: 0 }, at));
  }

  forget({ tenant, id }: NewCall): Promise<void> {
    return inLedger(this.database, tenant, async (writer) => {
      await reopenLost(writer, id, -1);
      await writer.change(FORGET_CALL, [{ id }]);
    });
  }

  async spent(tenant: TenantId, periods: readonly SpentPeriod[]): Promise<readonly number[]> {
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

  /** The calls whose outcome is unknown, from a time on; the oldest first, at most 1,000 of each provider. */
  async unsettled(tenant: TenantId, since: Date | null): Promise<readonly UnsettledCall[]> {
    const first = since?.getTime() ?? 0;
    const rows = await this.database.read(
      UNSETTLED_CALLS,
      tenant,
      PROVIDERS.map((provider) => ({ provider, first })),
    );
    return rows.map(toUnsettled).sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  }

  /**
   * Settles a call whose outcome is unknown, with what the provider's invoice says. It counts on the day on which it began.
   *
   * @returns the call as it was; `null` where there is no such call, or its outcome is known.
   */
  settleByHand(tenant: TenantId, id: string, credits: number): Promise<UnsettledCall | null> {
    return inLedger(this.database, tenant, async (writer) => {
      const [call] = await writer.rows(UNSETTLED_CALL, [{ id }]);
      if (!call) return null;
      const { provider, reserved_credits: reserved, started_at: startedAt } = call;
      const day = dayOf(new Date(startedAt));
      await writer.change(SETTLE_BY_HAND, [{ id, credits }]);
      await writer.change(COUNT_CREDITS, [
        { provider, day, credits, unsettled: -reserved },
        { provider, day: EVER, credits, unsettled: 0 },
      ]);
      await writer.change(COUNT_CALLS, [{ id, day: dayNumber(startedAt), calls: 0, credits, unsettled: -reserved }]);
      return toUnsettled(call);
    });
  }

  /**
   * Ends calls that were running when the process died: their results are unknown.
   *
   * @param safe providers whose calls may be repeated free of charge; calls of the others keep their reservations.
   * @param begunBefore by tenant and provider: calls that began later may still be running in another process; `null`: there is
   *   none.
   */
  async endLost(
    safe: readonly Provider[],
    at: Date,
    begunBefore: (tenant: TenantId, provider: Provider) => Date | null = () => null,
  ): Promise<void> {
    for (const tenant of await tenantsOf(this.database)) {
      await inLedger(this.database, tenant, async (writer) => {
        const open = await writer.rows(
          OPEN_CALLS,
          PROVIDERS.map((provider) => ({ provider })),
        );
        const lost = open.filter(({ provider, started_at: startedAt }) => {
          const before = begunBefore(tenant, provider);
          return before === null || startedAt < before.getTime();
        });
        const idsOf = (isSafe: boolean): readonly string[] =>
          lost.filter(({ provider }) => safe.includes(provider) === isSafe).map(({ id }) => id);
        await settleFree(writer, idsOf(true), LOST, at);
        await leaveUnsettled(writer, idsOf(false), LOST);
      });
    }
  }
}

/** A call whose outcome is unknown. */
export interface UnsettledCall {
  readonly id: string;
  readonly provider: Provider;
  readonly startedAt: Date;
  readonly reservedCredits: number;
  /** `null` where it is unknown, as are the following. */
  readonly operation: string | null;
  readonly client: string | null;
  readonly user: string | null;
}

function toUnsettled(row: CallRow): UnsettledCall {
  return {
    id: row.id,
    provider: row.provider,
    startedAt: new Date(row.started_at),
    reservedCredits: row.reserved_credits,
    operation: row.operation_name,
    client: row.client,
    user: row.user_name,
  };
}

const LOST: CallOutcome = "PROVIDER_OUTCOME_UNKNOWN";

/** Settles a successful call with its cost, within a unit of work. @returns what it was charged. */
export async function settleCall(writer: Writer, { id, provider, charge }: PaidCall, at: Date): Promise<number> {
  const credits = charge.kind === "units" ? await chargeUnits(writer, provider, charge.units, id, at) : charge.credits;
  await settle(writer, { id, provider, outcome: "OK", credits }, at);
  return credits;
}

/** Charges each unit that was not charged yet in this calendar month. @returns the number of credits. */
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

interface Settlement {
  readonly id: string;
  readonly provider: Provider;
  readonly outcome: CallOutcome;
  readonly credits: number;
}

/** Settles a call. Does nothing where it was settled before: a settlement whose commit was not confirmed may come again. */
async function settle(writer: Writer, { id, provider, outcome, credits }: Settlement, at: Date): Promise<void> {
  const row = { id, settled_at: at.getTime(), outcome, credits };
  const isFirst = (await writer.change(SETTLE_CALL, [row])) > 0;
  if (!isFirst) {
    if (!(await reopenLost(writer, id, 0))) return;
    await writer.change(SETTLE_CALL, [row]);
  }
  await countCredits(writer, provider, credits, at);
  await writer.change(COUNT_CALLS, [
    { id, day: dayNumber(at.getTime()), calls: isFirst ? 1 : 0, credits, unsettled: 0 },
  ]);
}

/** Settles calls that cost nothing. */
async function settleFree(writer: Writer, ids: readonly string[], outcome: CallOutcome, at: Date): Promise<void> {
  await writer.change(
    SETTLE_CALL,
    ids.map((id) => ({ id, settled_at: at.getTime(), outcome, credits: 0 })),
  );
  await writer.change(
    COUNT_CALLS,
    ids.map((id) => ({ id, day: dayNumber(at.getTime()), calls: 1, credits: 0, unsettled: 0 })),
  );
}

/**
 * Makes a call a running one again that was taken for lost, since its answer came late: its reservation no longer counts.
 *
 * @param calls how many calls are added to the sums of the day on which it began.
 * @returns whether it may be settled now: it was lost, or the ledger does not have it any more.
 */
async function reopenLost(writer: Writer, id: string, calls: number): Promise<boolean> {
  const [ended] = await writer.rows(ENDED_CALL, [{ id }]);
  if (!ended) return true;
  const { provider, reserved_credits: reserved, started_at: startedAt } = ended;
  const isSettled = ended.settled_at !== null;
  if (isSettled && (ended.outcome !== LOST || ended.credits !== 0)) return false;
  const unsettled = isSettled ? 0 : -reserved;
  if (unsettled !== 0) {
    await writer.change(COUNT_CREDITS, [{ provider, day: dayOf(new Date(startedAt)), credits: 0, unsettled }]);
  }
  await writer.change(COUNT_CALLS, [{ id, day: dayNumber(startedAt), calls, credits: 0, unsettled }]);
  await writer.change(REOPEN_CALL, [{ id }]);
  return true;
}

/** Ends calls and keeps their reservations: those count on the day on which the calls began. */
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
  await writer.change(
    COUNT_CALLS,
    calls.map(({ id, reserved_credits: unsettled, started_at: startedAt }) => ({
      id,
      day: dayNumber(startedAt),
      calls: 1,
      credits: 0,
      unsettled,
    })),
  );
}

/** A calendar day (UTC), `2026-11-20`. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Days since 1970 (UTC). */
function dayNumber(at: number): number {
  return Math.floor(at / DAY_MS);
}

/** The beginning of the next calendar day (UTC). */
function nextDay(at: Date): Date {
  return new Date((Math.floor(at.getTime() / DAY_MS) + 1) * DAY_MS);
}

/** All complete days after `since`; `null`: the entry with the total of all days. */
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
    operation_name: shortened(call.origin.operation),
    client: shortened(call.origin.client),
    client_version: shortened(call.origin.clientVersion),
    caller: shortened(call.origin.caller),
    user_name: shortened(call.origin.user, LONGEST_USER),
  };
}

/** Names in the ledger are at most this long: clients choose them, and an index has them. */
const LONGEST_NAME = 100;

/** An `externalUserId` has at most so many characters; the user of a token may have more. */
const LONGEST_USER = 250;

function shortened(name: string | null, longest = LONGEST_NAME): string | null {
  return name === null || name === "" ? null : name.slice(0, longest).toWellFormed();
}
