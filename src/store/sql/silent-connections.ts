import { Socket } from "node:net";
import type { Pool, PoolClient } from "pg";
import { NO_TENANT } from "../../domain/tenant-id";
import { pause } from "./pause";
import type { PostgresChannel } from "./postgres-channel";
import { run } from "./postgres-connection";
import { closeIdle } from "./postgres-pool";
import { statement } from "./statement";

/** An answer that PostgreSQL has sent arrives within this time. */
const CHECK_MS = 250;

interface Backend {
  readonly pid: number;
  readonly application: string;
}

/** Of these backends, those that run a statement now. One that waits until its client has taken an answer runs none. */
const RUNNING = statement<Backend, { readonly pid: number }>(
  "running backends",
  { pid: "integer", application: "text" },
  ({ given }) => `
    select activity.pid from ${given}
    join pg_stat_activity as activity on activity.pid = given.pid and activity.application_name = given.application
    where activity.state = 'active' and activity.wait_event_type is distinct from 'Client'`,
);

/** Ends backends, and with them the locks that they hold. */
const TERMINATE = statement<Backend, { readonly ended: string }>(
  "end backends",
  { pid: "integer", application: "text" },
  ({ given }) => `
    select pg_terminate_backend(activity.pid)::text as ended from ${given}
    join pg_stat_activity as activity on activity.pid = given.pid and activity.application_name = given.application`,
);

/** What of the channel is needed. */
type WatchedChannel = Pick<PostgresChannel, "connection" | "names" | "onChange">;

/**
 * Closes connections of a pool that the network has dropped without a word. When the channel is lost, all that are open may be: idle ones
 * are closed at once. Once it is back, one that has brought no byte since, while PostgreSQL runs no statement on it, is closed too, so
 * that the statement which waits there fails as one on a lost connection.
 */
export class SilentConnections {
  readonly #open = new Set<PoolClient>();
  readonly #busy = new Set<PoolClient>();
  /** The connections that may be dropped, with the bytes that they had brought when that became known. */
  #suspects = new Map<PoolClient, number>();

  constructor(
    private readonly pool: Pool,
    private readonly channel: WatchedChannel,
  ) {
    pool.on("connect", (client) => void this.#open.add(client));
    pool.on("remove", (client) => void this.#open.delete(client));
    pool.on("acquire", (client) => void this.#busy.add(client));
    pool.on("release", (_, client) => void this.#busy.delete(client));
    channel.onChange((isHeard) => {
      if (isHeard) void this.#check(this.#suspects);
      else this.#suspect();
    });
  }

  #suspect(): void {
    this.#suspects = new Map([...this.#open].map((client) => [client, bytesReadOf(client)]));
    void closeIdle(this.pool);
  }

  /** Ends with the last of `suspects`, and where the channel is lost again: then others are suspected. */
  async #check(suspects: Map<PoolClient, number>): Promise<void> {
    let before: readonly PoolClient[] = [];
    while (suspects === this.#suspects && suspects.size > 0) {
      void closeIdle(this.pool);
      const silent = await this.#silentOf(suspects);
      if (!silent) return;
      await this.#close(silent.filter((client) => before.includes(client) && isSilent(client, suspects)));
      before = silent;
      await pause(CHECK_MS);
      for (const client of suspects.keys()) {
        if (!this.#open.has(client) || !isSilent(client, suspects)) suspects.delete(client);
      }
    }
  }

  /** The busy suspects for which PostgreSQL runs nothing; `null`: it cannot be asked. */
  async #silentOf(suspects: ReadonlyMap<PoolClient, number>): Promise<readonly PoolClient[] | null> {
    const { connection } = this.channel;
    if (!connection) return null;
    const busy = [...suspects.keys()].filter((client) => this.#busy.has(client));
    const asked = run(connection, RUNNING, NO_TENANT, this.#backendsOf(busy));
    const running = await asked.then(
      ({ rows }) => new Set(rows.map(({ pid }) => pid)),
      () => null, // the channel is lost again
    );
    return running && busy.filter((client) => !running.has(pidOf(client)));
  }

  async #close(clients: readonly PoolClient[]): Promise<void> {
    const { connection } = this.channel;
    if (clients.length === 0 || !connection) return;
    await run(connection, TERMINATE, NO_TENANT, this.#backendsOf(clients)).catch(() => undefined); // they end by their timeouts
    for (const client of clients) void client.end();
  }

  #backendsOf(clients: readonly PoolClient[]): readonly Backend[] {
    const application = this.channel.names.applicationName;
    return clients.map((client) => ({ pid: pidOf(client), application }));
  }
}

function isSilent(client: PoolClient, suspects: ReadonlyMap<PoolClient, number>): boolean {
  return suspects.get(client) === bytesReadOf(client);
}

function bytesReadOf({ connection: { stream } }: PoolClient): number {
  return stream instanceof Socket ? stream.bytesRead : 0;
}

/** The process of PostgreSQL that serves a connection: `pg` has it, its types do not. @see pg 8.23.1, lib/client.js, read 2026-11-30. */
function pidOf(client: PoolClient): number {
  return (client as PoolClient & { readonly processID: number }).processID;
}
