import { Client } from "pg";
import type { TenantId } from "../../domain/tenant-id";
import { oneAtATime } from "./one-at-a-time";
import { pause } from "./pause";
import type { PostgresRunner } from "./postgres-connection";
import {
  readMessage,
  readReply,
  type LeaseNotification,
  type Question,
  type Reply,
  type WriteNotification,
} from "./postgres-messages";
import { connectionSettings, type PostgresOptions } from "./postgres-pool";
import { ownChannelOf, type ProcessName } from "./process-name";
import type { WriteListener } from "./processes";
import type { Replaced } from "./replaced";

const RETRY_MS = 100;
/** A connection that the network has dropped is noticed after twice this time: it is asked so often, and answers as soon. */
export const PING_MS = 2_000;

/**
 * @param tenant whose lease was given back; `null`: one of any may have been.
 * @param lease its name; `null`: it may have been any.
 */
type LeaseListener = (tenant: TenantId | null, lease: string | null) => void;

interface Connection {
  readonly client: Client;
  /** Runs short statements on it. */
  readonly statements: PostgresRunner;
  /** Resolves when it is over. */
  readonly ended: Promise<void>;
}

/**
 * Tells the other processes of writes, and hears of theirs, on a connection of its own. What is sent while that is lost is missed:
 * listeners are called with `null` then, and again once it is back.
 */
export class PostgresChannel {
  readonly #listeners = new Set<WriteListener>();
  readonly #leaseListeners = new Set<LeaseListener>();
  readonly #replyListeners = new Set<(reply: Reply) => void>();
  readonly #changeListeners = new Set<(isHeard: boolean) => void>();
  #client: Client | null = null;
  #connection: PostgresRunner | null = null;
  #isEnding = false;
  #running: Promise<void> = Promise.resolve();

  /** @param newClient makes a client that is not connected yet. */
  constructor(
    readonly names: ProcessName,
    private readonly newClient: () => Client,
  ) {}

  /** The connection, for short statements; `null` while it is lost. */
  get connection(): PostgresRunner | null {
    return this.#connection;
  }

  /** Resolves once the channel is heard. */
  async start(): Promise<void> {
    const connection = await this.#connect();
    this.#use(connection);
    this.#running = this.#follow(connection);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#client?.end();
    await this.#running;
  }

  /** @returns a function that takes the listener off. */
  listen(listener: WriteListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Has a function called when another process has given a lease back. @returns a function that takes the listener off. */
  listenToLeases(listener: LeaseListener): () => void {
    this.#leaseListeners.add(listener);
    return () => void this.#leaseListeners.delete(listener);
  }

  /** Has a function called with every answer to a question of this process. */
  onReply(listener: (reply: Reply) => void): void {
    this.#replyListeners.add(listener);
  }

  /** Has a function called when the connection is lost, and when it is back. */
  onChange(listener: (isHeard: boolean) => void): void {
    this.#changeListeners.add(listener);
  }

  /** What is sent for a tenant. @param replaced `null`: anything of it. */
  payloadOf(tenant: TenantId, hasForgotten = false, replaced: Replaced | null = null): string {
    const forgotten = hasForgotten ? ({ forgotten: true } as const) : {};
    const only = replaced ? { replaced } : {};
    return JSON.stringify({ process: this.names.process, tenant, ...forgotten, ...only } satisfies WriteNotification);
  }

  /** What is sent when a lease is given back. */
  payloadOfLease(tenant: TenantId, lease: string): string {
    return JSON.stringify({ process: this.names.process, tenant, lease } satisfies LeaseNotification);
  }

  /** What is sent to ask the other processes. */
  questionOf(question: number): string {
    return JSON.stringify({ process: this.names.process, question } satisfies Question);
  }

  async #connect(): Promise<Connection> {
    const client = this.newClient();
    const ended = new Promise<void>((resolve) => client.once("end", () => resolve()));
    client.on("notification", ({ channel, payload = "" }) => this.#hear(channel, payload));
    client.on("error", () => undefined); // `end` follows
    await client.connect();
    await client.query(`listen ${this.names.channel}; listen ${this.names.ownChannel}`);
    return { client, statements: oneAtATime(client), ended };
  }

  /** Keeps the channel heard until it is ended. */
  async #follow(first: Connection): Promise<void> {
    for (let connection: Connection | null = first; connection; connection = await this.#connectAgain()) {
      await lossOf(connection);
      this.#change(null);
    }
  }

  /** Tries until it is connected; `null` once the channel is ended. */
  async #connectAgain(): Promise<Connection | null> {
    while (!this.#isEnding) {
      const connection = await this.#connect().catch(() => null);
      if (connection) {
        if (this.#hasEnded()) await connection.client.end();
        this.#change(connection);
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

  /** Listeners have dropped everything before a question is answered on the new connection. */
  #change(connection: Connection | null): void {
    this.#use(null);
    this.#tell(null, true, null);
    this.#use(connection);
    for (const listener of this.#changeListeners) listener(connection !== null);
  }

  #use(connection: Connection | null): void {
    this.#client = connection?.client ?? null;
    this.#connection = connection?.statements ?? null;
  }

  /** What no process of this program can have sent is ignored. */
  #hear(channel: string, payload: string): void {
    if (channel === this.names.ownChannel) {
      const reply = readReply(payload);
      if (reply) for (const listener of this.#replyListeners) listener(reply);
      return;
    }
    const heard = readMessage(payload);
    if (!heard || heard.process === this.names.process) return;
    if ("question" in heard) this.#reply(heard);
    else if ("lease" in heard) this.#tellOfLease(heard.tenant, heard.lease);
    else this.#tell(heard.tenant, heard.forgotten ?? false, heard.replaced ?? null);
  }

  /** Listeners have been called for all that was sent before. No answer while that is not certain: the question is asked again. */
  #reply({ process, question }: Question): void {
    const reply: Reply = { process: this.names.process, question };
    const values = [ownChannelOf(process), JSON.stringify(reply)];
    this.#connection?.query({ text: "select pg_notify($1, $2)", values }).catch(() => undefined); // it is lost, which is noticed
  }

  #tell(...write: Parameters<WriteListener>): void {
    for (const listener of this.#listeners) listener(...write);
    const [tenant, , replaced] = write;
    if (replaced === null) this.#tellOfLease(tenant, null); // an older version tells of leases as of writes
  }

  #tellOfLease(...released: Parameters<LeaseListener>): void {
    for (const listener of this.#leaseListeners) listener(...released);
  }
}

/** A client for a channel: its statements are short. */
export function channelClient(options: PostgresOptions): Client {
  return new Client({ ...connectionSettings(options), query_timeout: PING_MS });
}

/** Resolves when the connection is lost, or does not answer. */
async function lossOf({ client, statements, ended }: Connection): Promise<void> {
  const pinging = setInterval(() => {
    statements.query({ text: "select 1" }).catch(() => void client.end());
  }, PING_MS).unref();
  await ended;
  clearInterval(pinging);
}
