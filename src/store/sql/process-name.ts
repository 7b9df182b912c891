import { createHash, randomBytes } from "node:crypto";

/** PostgreSQL cuts longer names of connections. */
const MAX_BYTES = 63;
const PROCESS_BYTES = 10;
/** Characters at the end of a connection's name that are the process. */
const PROCESS_LENGTH = 2 * PROCESS_BYTES;
const KEY_LENGTH = 16;
const UNSAFE = /[^\x21-\x7e]/g;

/** How a process and its connections are known to the other processes on the same tables. */
export interface ProcessName {
  /** Identifies the process. */
  readonly process: string;
  /** The channel of notifications that all processes on the tables hear. */
  readonly channel: string;
  /** The channel that this process alone hears. */
  readonly ownChannel: string;
  /** The name of each of its connections: it ends with the tables' key and the process. */
  readonly applicationName: string;
}

/**
 * A new name for this process.
 *
 * @param schema in which the tables are: each has a channel of its own.
 * @param title with which the names of connections begin, for those who look at them; long ones are cut.
 */
export function newProcessName(schema: string, title: string): ProcessName {
  const key = createHash("sha256").update(schema).digest("hex").slice(0, KEY_LENGTH);
  const process = randomBytes(PROCESS_BYTES).toString("hex");
  const ending = ` ${key} ${process}`;
  return {
    process,
    channel: `tributary_${key}`,
    ownChannel: ownChannelOf(process),
    applicationName: `${title.replaceAll(UNSAFE, "_").slice(0, MAX_BYTES - ending.length)}${ending}`,
  };
}

/** The channel that a process alone hears. */
export function ownChannelOf(process: string): string {
  return `tributary_${process}`;
}

/** SQL: the process of a connection on the tables of `channel`, by the connection's name; null for any other connection. */
export function processOf(applicationName: string, channel: string): string {
  const ending = `right(${applicationName}, ${String(KEY_LENGTH + 1 + PROCESS_LENGTH)})`;
  return `case when 'tributary_' || left(${ending}, ${String(KEY_LENGTH)}) = ${channel} then right(${applicationName}, ${String(PROCESS_LENGTH)}) end`;
}
