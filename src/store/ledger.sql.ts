import type { Provider } from "../domain/provider";
import type { PaidCall } from "../feeds/feed/feed-store.port";
import type { CallLedger, CallOutcome, NewCall } from "../feeds/feed/call-ledger.port";
import { chunked, type Database } from "./database";

/** Provider calls and what they cost, in SQL. */
export class SqlCallLedger implements CallLedger {
  constructor(private readonly database: Database) {}

  begin(call: NewCall, budget: number | null): Promise<boolean> {
    return this.database.transaction().execute(async (database) => {
      if (budget !== null) {
        const committed = await committedCredits(database, call);
        if (committed + call.reservedCredits > budget) return false;
      }
      await database.insertInto("provider_call").values(toRow(call)).execute();
      return true;
    });
  }

  async fail({ tenant, provider, id }: NewCall, outcome: CallOutcome, credits: number | null, at: Date): Promise<void> {
    if (credits === null) return this.#leaveUnsettled(tenant, id, outcome);
    return this.database.transaction().execute(async (database) => {
      if (credits > 0) await chargeUnits(database, { tenant, provider, callId: id }, [id], credits, at);
      await settle(database, tenant, id, outcome, credits, at);
    });
  }

  async succeed({ tenant, id }: NewCall, at: Date): Promise<void> {
    await settle(this.database, tenant, id, "OK", 0, at);
  }

  async forget({ tenant, id }: NewCall): Promise<void> {
    await this.database.deleteFrom("provider_call").where("tenant", "=", tenant).where("id", "=", id).execute();
  }

  async spent(tenant: string, provider: Provider, since: Date | null): Promise<number> {
    return chargedSince(this.database, tenant, provider, since);
  }

  /**
   * Ends the calls that a process left under way when it died: nobody will ever know how they ended.
   *
   * @param safe providers that may be asked again at no cost; calls of the others keep their reservations.
   */
  async endLost(safe: readonly Provider[], at: Date): Promise<void> {
    await this.database
      .updateTable("provider_call")
      .set(({ eb }) => ({
        outcome: LOST,
        settled_at: eb.case().when("provider", "in", safe).then(at.getTime()).else(null).end(),
      }))
      .where("settled_at", "is", null)
      .where("outcome", "is", null)
      .execute();
  }

  /** The call has ended, but not its reservation. */
  async #leaveUnsettled(tenant: string, id: string, outcome: CallOutcome): Promise<void> {
    await this.database
      .updateTable("provider_call")
      .set({ outcome })
      .where("tenant", "=", tenant)
      .where("id", "=", id)
      .execute();
  }
}

const LOST: CallOutcome = "PROVIDER_OUTCOME_UNKNOWN";

/** Settles a call that brought something, and writes down what it cost, within a transaction. */
export async function settleCall(
  database: Database,
  tenant: string,
  { id: callId, provider, charge }: PaidCall,
  at: Date,
): Promise<void> {
  const units = charge.kind === "units" ? [...new Set(charge.units)] : [callId];
  const each = charge.kind === "units" ? 1 : charge.credits;
  const credits = await chargeUnits(database, { tenant, provider, callId }, units, each, at);
  await settle(database, tenant, callId, "OK", credits, at);
}

/** Charges each unit that was not charged yet this calendar month. @returns how much was charged. */
async function chargeUnits(
  database: Database,
  { tenant, provider, callId }: { readonly tenant: string; readonly provider: Provider; readonly callId: string },
  units: readonly string[],
  each: number,
  at: Date,
): Promise<number> {
  const month = at.toISOString().slice(0, 7);
  let credits = 0;
  for (const some of chunked(units, 7)) {
    const charged = await database
      .insertInto("charge")
      .values(
        some.map((unit) => ({
          tenant,
          provider,
          month,
          unit,
          credits: each,
          charged_at: at.getTime(),
          call_id: callId,
        })),
      )
      .onConflict((conflict) => conflict.columns(["tenant", "provider", "month", "unit"]).doNothing())
      .returning("credits")
      .execute();
    credits += charged.reduce((sum, row) => sum + row.credits, 0);
  }
  return credits;
}

async function settle(
  database: Database,
  tenant: string,
  id: string,
  outcome: CallOutcome,
  credits: number,
  at: Date,
): Promise<void> {
  await database
    .updateTable("provider_call")
    .set({ settled_at: at.getTime(), outcome, credits })
    .where("tenant", "=", tenant)
    .where("id", "=", id)
    .execute();
}

/** What the calendar month has cost, what its calls may have cost of which nobody can tell, and what those under way may. */
async function committedCredits(database: Database, { tenant, provider, startedAt }: NewCall): Promise<number> {
  const monthBegan = new Date(Date.UTC(startedAt.getUTCFullYear(), startedAt.getUTCMonth()));
  const charged = await chargedSince(database, tenant, provider, monthBegan);
  const { reserved } = await database
    .selectFrom("provider_call")
    .select(({ fn }) => fn.sum<number | null>("reserved_credits").as("reserved"))
    .where("tenant", "=", tenant)
    .where("provider", "=", provider)
    .where("settled_at", "is", null)
    .where((eb) => eb.or([eb("outcome", "is", null), eb("started_at", ">=", monthBegan.getTime())]))
    .executeTakeFirstOrThrow();
  return charged + (reserved ?? 0);
}

async function chargedSince(
  database: Database,
  tenant: string,
  provider: Provider,
  since: Date | null,
): Promise<number> {
  const { credits } = await database
    .selectFrom("charge")
    .select(({ fn }) => fn.sum<number | null>("credits").as("credits"))
    .where("tenant", "=", tenant)
    .where("provider", "=", provider)
    .$if(since !== null, (query) => query.where("charged_at", ">=", since?.getTime() ?? 0))
    .executeTakeFirstOrThrow();
  return credits ?? 0;
}

function toRow(call: NewCall): {
  tenant: string;
  id: string;
  provider: string;
  operation: string;
  feed_id: string | null;
  reserved_credits: number;
  started_at: number;
} {
  return {
    tenant: call.tenant,
    id: call.id,
    provider: call.provider,
    operation: call.operation,
    feed_id: call.feedId,
    reserved_credits: call.reservedCredits,
    started_at: call.startedAt.getTime(),
  };
}
