import { UnusableDatabaseError } from "../unusable-database";

const NOT_WRITABLE = (path: string): string =>
  `this process cannot create or write ${path} and files beside it. Let its user write to that folder, or correct DATABASE_URL`;

/** By code of Node, or primary code of SQLite: what is wrong and what to do. */
const WORDS: Readonly<Record<string, (path: string) => string>> = {
  SQLITE_NOTADB: (path) => `${path} is no SQLite database. Correct DATABASE_URL, or move that file away`,
  SQLITE_CORRUPT: (path) => `the database ${path} is damaged. Restore a backup of it`,
  SQLITE_BUSY: (path) => `another program holds a lock on ${path}. Close that program`,
  SQLITE_FULL: (path) => `the disk of ${path} is full. Make room on it`,
  ENOSPC: (path) => `the disk of ${path} is full. Make room on it`,
  SQLITE_IOERR: (path) => `the disk of ${path} reports an error. Check that disk`,
  ...Object.fromEntries(
    ["SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN", "EACCES", "EPERM", "EROFS"].map((code) => [
      code,
      NOT_WRITABLE,
    ]),
  ),
  ...Object.fromEntries(["ENOTDIR", "EEXIST", "ENOENT"].map((code) => [code, NOT_WRITABLE])),
};

/** Codes that libsql writes as numbers at the end of its message, where a file cannot be opened at all. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  8: "SQLITE_READONLY",
  14: "SQLITE_CANTOPEN",
  26: "SQLITE_NOTADB",
};

/** What an error of opening an SQLite file means for who starts the program; other errors are returned unchanged. */
export function withSqliteRefusal(error: unknown, path: string): unknown {
  if (error instanceof UnusableDatabaseError) return error;
  const code = codeOf(error);
  const [, words] = Object.entries(WORDS).find(([known]) => code === known || code.startsWith(`${known}_`)) ?? [];
  return words ? new UnusableDatabaseError(`${words(path)} (${code}).`, code, { cause: error }) : error;
}

/** The code of the error, or of what caused it; empty where there is none. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && error.code !== "") return String(error.code);
  const number = "message" in error ? /: (\d+)"?\)?$/.exec(String(error.message))?.[1] : undefined;
  if (number !== undefined && number in BY_NUMBER) return BY_NUMBER[number] ?? "";
  return "cause" in error ? codeOf(error.cause) : "";
}
