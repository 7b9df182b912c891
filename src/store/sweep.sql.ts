import { PROVIDERS, type Provider } from "../domain/provider";
import type { TenantId } from "../domain/tenant-id";
import { CLOSE_FEEDS, type FeedRow } from "./feeds/feed-rows";
import { inLedger } from "./ledger/ledger-unit";
import type { Database } from "./sql/database";
import { NOTHING } from "./sql/replaced";
import { statement } from "./sql/statement";

/** Maximum number of feeds that a step deletes. */
const FEEDS_A_STEP = 50;
/** Maximum number of rows that a step deletes. */
const ROWS_A_STEP = 500;

const NOTE_READS = statement<Pick<FeedRow, "id" | "read_at">>(
  "note reads of feeds",
  { id: "text", read_at: "integer" },
  ({ given }) => `
    update feed set read_at = (select given.read_at from ${given} where given.id = feed.id)
    where (feed.tenant, feed.id) in (select given.tenant, given.id from ${given})`,
);

/** Open feeds that began before `created_at`, and were read last before `read_at`. */
const AGED_FEEDS = statement<Pick<FeedRow, "provider" | "created_at" | "read_at">, Pick<FeedRow, "id">>(
  "aged feeds",
  { provider: "text", created_at: "integer", read_at: "integer" },
  ({ given, join }) => `
    select feed.id from ${given}
    ${join} feed on feed.tenant = given.tenant and feed.provider = given.provider and feed.closed = 0
      and feed.created_at < given.created_at and feed.read_at < given.read_at
    limit ${String(FEEDS_A_STEP)}`,
);

/** Feeds that were read last before `read_at`, oldest read first. */
const UNREAD_FEEDS = statement<Pick<FeedRow, "read_at">, Pick<FeedRow, "id" | "length">>(
  "unread feeds",
  { read_at: "integer" },
  ({ tenant, given }) => `
    select feed.id, feed.length from feed
    where feed.tenant = ${tenant} and feed.read_at < (select given.read_at from ${given})
    order by feed.read_at limit ${String(FEEDS_A_STEP)}`,
);

/** Deletes feeds; their rows are deleted later, of those in the table `dropped_feed`. */
export const DROP_FEEDS = statement<{ readonly id: string }>(
  "drop feeds",
  { id: "text" },
  ({ given }) => `delete from feed where (feed.tenant, feed.id) in (select given.tenant, given.id from ${given})`,
);

/** A dropped feed, and the number of its first rows that are not deleted yet. */
type DroppedRow = Pick<FeedRow, "id" | "length">;

export const KEEP_DROPPED = statement<DroppedRow>(
  "keep dropped feeds",
  { id: "text", length: "integer" },
  ({ tenant, given }) => `
    insert into dropped_feed (tenant, id, length) select ${tenant}, id, length from ${given} where true
    on conflict (tenant, id) do update set length = excluded.length`,
);

const DROPPED = statement<{ readonly after: string }, DroppedRow>(
  "dropped feeds",
  { after: "text" },
  ({ tenant, given }) => `
    select dropped.id, dropped.length from dropped_feed as dropped
    where dropped.tenant = ${tenant} and dropped.id > (select given.after from ${given})
    order by dropped.id limit 1`,
);

const FORGET_DROPPED = statement<{ readonly id: string }>(
  "forget dropped feeds",
  { id: "text" },
  ({ given }) =>
    `delete from dropped_feed where (dropped_feed.tenant, dropped_feed.id) in (select given.tenant, given.id from ${given})`,
);

/** One feed is given. */
const DROP_ROWS = statement<{ readonly feed_id: string; readonly first: number }>(
  "drop rows of feed",
  { feed_id: "text", first: "integer" },
  ({ tenant, given }) => `
    delete from feed_item where feed_item.tenant = ${tenant} and feed_item.feed_id = (select given.feed_id from ${given})
      and feed_item.position >= (select given.first from ${given})`,
);

interface Calls {
  readonly provider: Provider;
  readonly before: number;
}

/** Calls that were settled before a time, or ended unsettled and began before it. */
const oldCalls = (name: string, condition: string) =>
  statement<Calls, { readonly id: string }>(
    name,
    { provider: "text", before: "integer" },
    ({ given, join }) => `
      select call.id from ${given}
      ${join} provider_call as call on call.tenant = given.tenant and call.provider = given.provider and ${condition}
      limit ${String(ROWS_A_STEP)}`,
  );

const OLD_CALLS = [
  oldCalls("old settled calls", "call.settled_at < given.before"),
  oldCalls(
    "old unsettled calls",
    "call.settled_at is null and call.outcome is not null and call.started_at < given.before",
  ),
];

const DROP_CALLS = statement<{ readonly id: string }>(
  "drop calls",
  { id: "text" },
  ({ given }) =>
    `delete from provider_call where (provider_call.tenant, provider_call.id) in (select given.tenant, given.id from ${given})`,
);

interface ChargedUnit {
  readonly provider: Provider;
  readonly month: string;
  readonly unit: string;
}

const OLD_UNITS = statement<Pick<ChargedUnit, "provider" | "month">, ChargedUnit>(
  "old units",
  { provider: "text", month: "text" },
  ({ given, join }) => `
    select charge.provider, charge.month, charge.unit from ${given}
    ${join} charge on charge.tenant = given.tenant and charge.provider = given.provider and charge.month < given.month
    limit ${String(ROWS_A_STEP)}`,
);

const DROP_UNITS = statement<ChargedUnit>(
  "drop units",
  { provider: "text", month: "text", unit: "text" },
  ({ given }) => `
    delete from charge where (charge.tenant, charge.provider, charge.month, charge.unit) in (
      select given.tenant, given.provider, given.month, given.unit from ${given})`,
);

/** Counts of days before a time; the total stays. One provider is given. */
const DAY_MS = 86_400_000;

const DROP_SPENDING = statement<{ readonly provider: Provider; readonly day: number }>(
  "drop sums of calls",
  { provider: "text", day: "integer" },
  ({ tenant, given }) => `
    delete from spending where spending.tenant = ${tenant}
      and spending.day >= 0 and spending.day < (select given.day from ${given})
      and spending.provider = (select given.provider from ${given})`,
);

const DROP_COUNTS = statement<{ readonly provider: Provider; readonly day: string }>(
  "drop counts",
  { provider: "text", day: "text" },
  ({ tenant, given }) => `
    delete from credit_count where credit_count.tenant = ${tenant}
      and credit_count.provider = (select given.provider from ${given})
      and credit_count.day > '' and credit_count.day < (select given.day from ${given})`,
);

const OLD_SPENDING = statement<{ readonly provider: Provider; readonly day: number }, { readonly day: number }>(
  "old sums of calls",
  { provider: "text", day: "integer" },
  ({ given, join }) => `
    select spending.day from ${given}
    ${join} spending on spending.tenant = given.tenant and spending.day < given.day and spending.provider = given.provider
    limit 1`,
);

const OLD_COUNTS = statement<{ readonly provider: Provider; readonly day: string }, { readonly day: string }>(
  "old counts",
  { provider: "text", day: "text" },
  ({ given, join }) => `
    select credit_count.day from ${given}
    ${join} credit_count on credit_count.tenant = given.tenant and credit_count.provider = given.provider
      and credit_count.day > '' and credit_count.day < given.day
    limit 1`,
);

/** The times before which data is old. */
export interface OldBefore {
  /** By provider: when a feed began. */
  readonly begun: Readonly<Record<Provider, Date>>;
  /** When a feed was read last that is too old to be found by its name. */
  readonly left: Date;
  /** When any feed was read last. */
  readonly read: Date;
  /** When a call was made. */
  readonly called: Date;
}

/** Closes and deletes old data. Every method but `isDue` is one small step, to be repeated until it has nothing to do. */
export class SqlSweep {
  constructor(private readonly database: Database) {}

  /** Whether a step has something to do for the tenant. Writes nothing, so that it costs little where that is not so. */
  async isDue(tenant: TenantId, { begun, left, read, called }: OldBefore): Promise<boolean> {
    const { day, month, daysSince1970 } = dayOf(called);
    const before = called.getTime();
    const aged = PROVIDERS.map((provider) => ({
      provider,
      created_at: begun[provider].getTime(),
      read_at: left.getTime(),
    }));
    const ofProviders = <Values>(values: Values) => PROVIDERS.map((provider) => ({ provider, ...values }));
    const { database } = this;
    const found = await Promise.all([
      database.read(AGED_FEEDS, tenant, aged),
      database.read(UNREAD_FEEDS, tenant, [{ read_at: read.getTime() }]),
      database.read(DROPPED, tenant, [{ after: "" }]),
      ...OLD_CALLS.map((wanted) => database.read(wanted, tenant, ofProviders({ before }))),
      database.read(OLD_UNITS, tenant, ofProviders({ month })),
      database.read(OLD_COUNTS, tenant, ofProviders({ day })),
      database.read(OLD_SPENDING, tenant, ofProviders({ day: daysSince1970 })),
    ]);
    return found.some((rows) => rows.length > 0);
  }

  /** Stores the times of the last reads of feeds, by id; milliseconds since 1970 UTC. */
  noteReads(tenant: TenantId, reads: ReadonlyMap<string, number>): Promise<void> {
    return this.database.writing(tenant, async (writer) => {
      writer.replaces(NOTHING); // each process remembers its own reads
      await writer.change(
        NOTE_READS,
        [...reads].map(([id, readAt]) => ({ id, read_at: readAt })),
      );
    });
  }

  /** Closes feeds of a provider that began before one time and were read last before another. @returns their ids. */
  closeFeeds(tenant: TenantId, provider: Provider, begun: Date, read: Date): Promise<readonly string[]> {
    return this.database.writing(tenant, async (writer) => {
      const asked = [{ provider, created_at: begun.getTime(), read_at: read.getTime() }];
      const aged = await writer.rows(AGED_FEEDS, asked);
      await writer.change(CLOSE_FEEDS, aged);
      return aged.map(({ id }) => id);
    });
  }

  /**
   * Deletes feeds that were read last before a time; their rows are deleted by `dropRows`.
   *
   * @param isRead whether a feed was read since, which is not stored yet: it stays.
   * @returns the ids of the deleted feeds.
   */
  dropFeeds(tenant: TenantId, read: Date, isRead: (id: string) => boolean = () => false): Promise<readonly string[]> {
    return this.database.writing(tenant, async (writer) => {
      const found = await writer.rows(UNREAD_FEEDS, [{ read_at: read.getTime() }]);
      const unread = found.filter(({ id }) => !isRead(id));
      await writer.change(KEEP_DROPPED, unread);
      await writer.change(DROP_FEEDS, unread);
      return unread.map(({ id }) => id);
    });
  }

  /** Deletes some rows of deleted feeds. @returns whether there may be more. */
  dropRows(tenant: TenantId): Promise<boolean> {
    return this.database.writing(tenant, async (writer) => {
      const [feed] = await writer.rows(DROPPED, [{ after: "" }]);
      if (!feed) return false;
      const first = Math.max(0, feed.length - ROWS_A_STEP);
      await writer.change(DROP_ROWS, [{ feed_id: feed.id, first }]);
      await (first > 0
        ? writer.change(KEEP_DROPPED, [{ id: feed.id, length: first }])
        : writer.change(FORGET_DROPPED, [{ id: feed.id }]));
      return true;
    });
  }

  /** Deletes some entries of a provider in the ledger from before a time. @returns whether there may be more. */
  dropLedger(tenant: TenantId, provider: Provider, before: Date): Promise<boolean> {
    const { day, month, daysSince1970 } = dayOf(before);
    return inLedger(this.database, tenant, async (writer) => {
      const asked = [{ provider, before: before.getTime() }];
      let dropped = 0;
      for (const wanted of OLD_CALLS) dropped += await writer.change(DROP_CALLS, await writer.rows(wanted, asked));
      const units = await writer.rows(OLD_UNITS, [{ provider, month }]);
      dropped += await writer.change(DROP_UNITS, units);
      await writer.change(DROP_COUNTS, [{ provider, day }]);
      await writer.change(DROP_SPENDING, [{ provider, day: daysSince1970 }]);
      return dropped > 0;
    });
  }
}

function dayOf(at: Date): { readonly day: string; readonly month: string; readonly daysSince1970: number } {
  const day = at.toISOString().slice(0, 10);
  return { day, month: day.slice(0, 7), daysSince1970: Math.floor(at.getTime() / DAY_MS) };
}
