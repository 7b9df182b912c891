import { StoreError, type StoreTrouble } from "../../domain/errors";

interface Reason {
  readonly trouble: StoreTrouble;
  readonly words: string;
}

const AWAY: Reason = { trouble: "connection", words: "PostgreSQL does not answer" };

/**
 * SQLSTATE codes of writes that may succeed later, by how they begin.
 *
 * @see PostgreSQL 18, "PostgreSQL Error Codes", read 2026-11-20.
 */
const REASONS: readonly (readonly [code: string, reason: Reason])[] = [
  ["08", AWAY],
  ["57P", AWAY],
  ["25P03", AWAY],
  ["53100", { trouble: "disk", words: "its disk is full" }],
  ["53", { trouble: "connection", words: "PostgreSQL has no room for more connections" }],
  ["58", { trouble: "disk", words: "its disk reports an error" }],
  ["55P03", { trouble: "lock", words: "another process holds its lock" }],
  ["57014", { trouble: "lock", words: "a statement took too long" }],
  ["40", { trouble: "lock", words: "another process holds its lock" }],
  ["25006", { trouble: "permission", words: "PostgreSQL takes no writes" }],
  ["42501", { trouble: "permission", words: "this user may not write to it" }],
];

/** Codes of Node, for connections that could not be made, or were lost. */
const LOST = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
];

/** What `pg` says, without a code, of connections that were lost or not made in time, and of statements without an answer. */
const LOST_WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout expired|timeout exceeded|Query read timeout|Client was closed)/;

/** Turns an error of a write that may succeed later into a `StoreError`; returns any other error unchanged. */
export function withPostgresTrouble(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const reason = reasonOf(error);
  if (!reason) return error;
  const code = codeOf(error);
  const detail = code === "" ? "" : ` (${code})`;
  return new StoreError(reason.trouble, `The database cannot be written: ${reason.words}${detail}.`, { cause: error });
}

/** Whether the connection on which the error came is lost, so that nothing is known of what PostgreSQL did last. */
export function isLost(error: unknown): boolean {
  return reasonOf(error) === AWAY;
}

function reasonOf(error: unknown): Reason | undefined {
  const code = codeOf(error);
  if (LOST.includes(code)) return AWAY;
  if (code === "" && error instanceof Error && LOST_WORDS.test(error.message)) return AWAY;
  return REASONS.find(([beginning]) => code.startsWith(beginning))?.[1];
}

/** The code of an error of PostgreSQL or of Node; empty for any other error. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
