import { Pool, types, type ClientBase, type CustomTypesConfig, type PoolConfig } from "pg";

type TypeId = (typeof types.builtins)[keyof typeof types.builtins];

/** How PostgreSQL is reached. */
export interface PostgresOptions {
  /** `postgres://…`; `sslmode` in it has the meaning that libpq gives it. */
  readonly url: string;
  /** Maximum number of connections for statements. */
  readonly max: number;
  /** The name of each connection; left out: the one of the URL, or `tributary`. */
  readonly applicationName?: string;
  readonly timeouts?: Partial<PostgresTimeouts>;
}

/** Longest waits, in milliseconds. */
export interface PostgresTimeouts {
  /** For a connection: a new one, or one of the pool. */
  readonly connectMs: number;
  /** For a statement, and for a lock. */
  readonly statementMs: number;
}

const TIMEOUTS: PostgresTimeouts = { connectMs: 5_000, statementMs: 30_000 };
/** A transaction that waits for this process longer than this is ended by PostgreSQL. */
const IDLE_TRANSACTION_MS = 30_000;

const { BOOL, INT8, NUMERIC } = types.builtins;

/** Values as SQLite gives them: numbers for large integers and for sums, 1 and 0 for booleans. */
const VALUES: CustomTypesConfig = {
  getTypeParser: (type: TypeId, format?: "text" | "binary"): unknown => {
    if (type === INT8 || type === NUMERIC) return Number;
    if (type === BOOL) return (text: string) => (text === "t" ? 1 : 0);
    return format === "binary" ? types.getTypeParser(type, format) : types.getTypeParser(type, "text");
  },
};

/**
 * PostgreSQL looks rows up by indexes, in the order in which a statement names its tables. Left to itself, it takes the given rows for
 * a hundred and a tenant for as small as it was when it was last analysed, and reads all of it to find a few rows.
 */
const PLANNING = ["set join_collapse_limit = 1"]
  .concat(["hashjoin", "mergejoin", "seqscan", "material"].map((way) => `set enable_${way} = off`))
  .join("; ");

/** The name that the URL gives to connections, for those who look at them. */
export function titleOf(url: string): string {
  return new URL(url).searchParams.get("application_name") ?? "tributary";
}

/** The settings of each connection. */
export function connectionSettings({ url, timeouts, applicationName = titleOf(url) }: PostgresOptions): PoolConfig {
  const { connectMs, statementMs } = { ...TIMEOUTS, ...timeouts };
  const address = new URL(url);
  address.searchParams.delete("max");
  address.searchParams.delete("application_name"); // `pg` would take it over the other
  address.searchParams.set("uselibpqcompat", "true");
  return {
    connectionString: address.href,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    // A connection that the network has dropped does not answer at all.
    query_timeout: statementMs + connectMs,
    types: VALUES,
  };
}

/** A pool of connections. Connections that break while they are idle are replaced silently. */
export function createPool(options: PostgresOptions): Pool {
  const plan = (client: ClientBase): Promise<unknown> => client.query(PLANNING);
  const onConnect = plan as (client: ClientBase) => void; // the pool waits for it, though its types do not say so
  const pool = new Pool({ ...connectionSettings(options), max: options.max, onConnect });
  pool.on("error", () => undefined); // the pool has removed the connection
  // The pool listens to idle connections only. PostgreSQL's word that it stops may come in the same packet as the end of a statement,
  // before whoever takes the connection next can listen; nobody listening would end the process. The next statement fails, and tells.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

/**
 * Closes the connections of a pool that are idle, so that others are opened when they are needed: a connection that the network has
 * dropped without a word would have the next statement wait for its timeout.
 */
export async function closeIdle(pool: Pool): Promise<void> {
  const closing = Array.from({ length: pool.idleCount }, async () => {
    const client = await pool.connect(); // one that is idle
    client.release(true);
  });
  await Promise.allSettled(closing); // where one was taken meanwhile, none can be opened, or the pool has ended
}
