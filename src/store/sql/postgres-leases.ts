import { createHash } from "node:crypto";
import type { Pool } from "pg";
import type { TenantId } from "../../domain/tenant-id";
import type { PostgresChannel } from "./postgres-channel";
import { run } from "./postgres-connection";
import type { Processes } from "./processes";
import { statement } from "./statement";

/** A lease of a process that died ends after this time. */
const LEASE_MS = 10_000;
const RENEW_MS = LEASE_MS / 4;
/** Who waits for a lease is woken when it is given back. That of a process that died ends by itself: it is asked for again after this time. */
const POLL_MS = 1_000;

interface Lease {
  readonly name: string;
  readonly holder: string;
}

const NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

const TAKE = statement<Lease & { readonly ms: number }>(
  "take lease",
  { name: "text", holder: "text", ms: "integer" },
  ({ tenant, given }) => `
    insert into lease (tenant, name, holder, expires_at) select ${tenant}, name, holder, ${NOW} + ms from ${given}
    on conflict (tenant, name) do update set holder = excluded.holder, expires_at = excluded.expires_at
    where lease.holder = excluded.holder or lease.expires_at < ${NOW}`,
);

const RENEW = statement<Lease & { readonly ms: number }>(
  "renew lease",
  { name: "text", holder: "text", ms: "integer" },
  ({ given }) => `
    update lease set expires_at = ${NOW} + given.ms from ${given}
    where lease.tenant = given.tenant and lease.name = given.name and lease.holder = given.holder`,
);

/**
 * Does not wait for the disk, while which no other transaction of the database could notify: if PostgreSQL dies now, the lease is there
 * again, and ends by itself.
 *
 * @see PostgreSQL 18, "Asynchronous Commit", read 2026-12-01.
 */
const RELEASE = statement<Lease & { readonly channel: string; readonly payload: string }, { readonly told: string }>(
  "release lease",
  { name: "text", holder: "text", channel: "text", payload: "text" },
  ({ given }) => `
    with released as (
      delete from lease using ${given}
      where lease.tenant = given.tenant and lease.name = given.name and lease.holder = given.holder
      returning given.channel, given.payload, set_config('synchronous_commit', 'off', true))
    select pg_notify(channel, payload)::text as told from released`,
);

/** Leases: rows that say which process does what. They outlive a restart of PostgreSQL, and end by themselves. */
export class PostgresLeases {
  /** How often another process held a lease that was asked for. */
  waits = 0;

  constructor(
    private readonly pool: Pool,
    private readonly channel: PostgresChannel,
  ) {}

  exclusively: Processes["exclusively"] = async (tenant, name, work) => {
    const lease = { name: createHash("sha256").update(name).digest("base64url"), holder: this.channel.names.process };
    await this.#take(tenant, lease);
    const renewing = setInterval(() => {
      run(this.pool, RENEW, tenant, [{ ...lease, ms: LEASE_MS }]).catch(() => undefined); // the next one follows
    }, RENEW_MS).unref();
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      await this.#release(tenant, lease);
    }
  };

  async #take(tenant: TenantId, lease: Lease): Promise<void> {
    for (let hasWaited = false; ; hasWaited = true) {
      const news = this.#newsOf(tenant, lease.name);
      const { changed } = await run(this.pool, TAKE, tenant, [{ ...lease, ms: LEASE_MS }]);
      if (changed === 1) {
        news.stop();
        return;
      }
      if (!hasWaited) this.waits += 1;
      await news.heard;
    }
  }

  /** A lease that cannot be given back now ends by itself. */
  async #release(tenant: TenantId, lease: Lease): Promise<void> {
    const notification = {
      channel: this.channel.names.channel,
      payload: this.channel.payloadOfLease(tenant, lease.name),
    };
    await run(this.pool, RELEASE, tenant, [{ ...lease, ...notification }]).catch(() => undefined);
  }

  /** Resolves when another process may have given the lease back, and after a while in any case. */
  #newsOf(tenant: TenantId, name: string): { readonly heard: Promise<void>; readonly stop: () => void } {
    let stop = (): void => undefined;
    const heard = new Promise<void>((resolve) => {
      const timer = setTimeout(() => stop(), POLL_MS);
      const leave = this.channel.listenToLeases((owner, lease) => {
        if ((owner ?? tenant) === tenant && (lease ?? name) === name) stop();
      });
      stop = () => {
        clearTimeout(timer);
        leave();
        resolve();
      };
    });
    return { heard, stop: () => stop() };
  }
}
