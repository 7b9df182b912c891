import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { TenantId } from "../../domain/tenant-id";
import { connectionSettings, type PostgresOptions } from "./postgres-pool";

const RETRY_MS = 100;
/** A connection that the network has dropped is noticed after this time. */
const PING_MS = 2_000;

/** A notification: which process sent it, and the tenant whose data changed. */
interface Notification {
  readonly process: string;
  readonly tenant: TenantId;
  /** Set where a person was forgotten. */
  readonly forgotten?: true;
}

/** @param tenant whose data changed; `null`: of any, and a person may have been forgotten. */
type Listener = (tenant: TenantId | null, hasForgotten: boolean) => void;

interface Connection {
  readonly client: Client;
  /** Resolves when it is over. */
  readonly ended: Promise<void>;
}

/**
 * Tells the other processes of writes, and hears of theirs, on a connection of its own. What is sent while that is lost is missed:
 * listeners are called with `null` then, and again once it is back.
 */
export class PostgresChannel {
  /** Identifies this process. */
  readonly process = randomUUID();
  readonly name: string;
  readonly #listeners = new Set<Listener>();
  #client: Client | null = null;
  #isEnding = false;
  #running: Promise<void> = Promise.resolve();

  /** @param schema in which the tables are: each has a channel of its own. */
  constructor(
    private readonly options: PostgresOptions,
    schema: string,
  ) {
    this.name = `tributary_${createHash("sha256").update(schema).digest("hex").slice(0, 16)}`;
  }

  /** Resolves once the channel is heard. */
  async start(): Promise<void> {
    this.#running = this.#follow(await this.#connect());
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#client?.end();
    await this.#running;
  }

  /** @returns a function that takes the listener off. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What is sent for a tenant. */
  payloadOf(tenant: TenantId, hasForgotten = false): string {
    const forgotten = hasForgotten ? ({ forgotten: true } as const) : {};
    return JSON.stringify({ process: this.process, tenant, ...forgotten } satisfies Notification);
  }

  async #connect(): Promise<Connection> {
    const client = new Client({ ...connectionSettings(this.options), query_timeout: PING_MS });
    const ended = new Promise<void>((resolve) => client.once("end", () => resolve()));
    client.on("notification", ({ payload }) => this.#hear(payload ?? ""));
    client.on("error", () => undefined); // `end` follows
    await client.connect();
    this.#client = client;
    await client.query(`listen ${this.name}`);
    return { client, ended };
  }

  /** Keeps the channel heard until it is ended. */
  async #follow(first: Connection): Promise<void> {
    for (let connection: Connection | null = first; connection; connection = await this.#connectAgain()) {
      await lossOf(connection);
      this.#tell(null);
    }
  }

  /** Tries until it is connected; `null` once the channel is ended. */
  async #connectAgain(): Promise<Connection | null> {
    while (!this.#isEnding) {
      const connection = await this.#connect().catch(() => null);
      if (connection) {
        if (this.#hasEnded()) await connection.client.end();
        this.#tell(null);
        return connection;
      }
      await pause(RETRY_MS);
    }
    return null;
  }

  /** Whether the channel was ended meanwhile. */
  #hasEnded(): boolean {
    return this.#isEnding;
  }

  #hear(payload: string): void {
    const { process, tenant, forgotten = false } = JSON.parse(payload) as Notification;
    if (process !== this.process) this.#tell(tenant, forgotten);
  }

  #tell(tenant: TenantId | null, hasForgotten = true): void {
    for (const listener of this.#listeners) listener(tenant, hasForgotten);
  }
}

/** Resolves when the connection is lost, or does not answer. */
async function lossOf({ client, ended }: Connection): Promise<void> {
  const pinging = setInterval(() => {
    client.query("select 1").catch(() => void client.end());
  }, PING_MS).unref();
  await ended;
  clearInterval(pinging);
}
