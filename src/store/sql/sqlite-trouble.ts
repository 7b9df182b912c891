import { StoreError, type StoreTrouble } from "../../domain/errors";

/**
 * Primary result codes of writes that may succeed later.
 *
 * @see SQLite, "Result and Error Codes", read 2026-11-20.
 */
const TROUBLES: readonly (readonly [code: string, trouble: StoreTrouble, words: string])[] = [
  ["SQLITE_FULL", "disk", "its disk is full"],
  ["SQLITE_IOERR", "disk", "its disk reports an error"],
  ["SQLITE_BUSY", "lock", "another process holds its lock"],
  ["SQLITE_LOCKED", "lock", "another process holds its lock"],
  ["SQLITE_READONLY", "permission", "this process may not write to its file"],
  ["SQLITE_PERM", "permission", "this process may not write to its file"],
  ["SQLITE_CANTOPEN", "permission", "this process may not open its file"],
];

/** Turns an SQLite error of a write that may succeed later into a `StoreError`; returns any other error unchanged. */
export function withTrouble(error: unknown): unknown {
  const code = codeOf(error);
  const [, trouble, words] = TROUBLES.find(([primary]) => code === primary || code.startsWith(`${primary}_`)) ?? [];
  if (trouble === undefined) return error;
  return new StoreError(trouble, `The database cannot be written: ${String(words)} (${code}).`, { cause: error });
}

/** Whether the error says that another connection holds the lock. */
export function isLocked(error: unknown): boolean {
  return codeOf(error).startsWith("SQLITE_BUSY");
}

/** The code of an SQLite error; empty for any other error. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
