import { copySqlite } from "../store/copy-sqlite";
import { loadConfiguration } from "../wiring/configuration";
import { databaseText } from "../wiring/configured";
import type { Command } from "./command";
import { UsageError } from "./usage-error";

export const backupCommand: Command = {
  name: "backup",
  summary: "copies the embedded database while the server runs",
  about:
    "Writes a copy of the embedded database (SQLite) as it is at one moment. The server may run: it is not held up. FILE must\n" +
    "not exist. The copy contains all recorded data and the secrets of the database: only its owner can read it.\n" +
    "docs/operations.md says how to restore it.",
  options: {},
  operands: ["FILE"],
  run: ({ operands: [file = ""] }, { env, print }) => {
    const { database } = loadConfiguration(".env", env).config;
    if (database.kind === "postgres") {
      throw new UsageError(
        `${databaseText(database)}, has tools of its own: use pg_dump, or the backups of whoever runs it. ` +
          "tributary backup copies SQLite only",
      );
    }
    if (database.path === ":memory:")
      throw new UsageError("a database in memory cannot be copied: it is in the server alone");
    copySqlite(database.path, file);
    print(`${databaseText(database)}, is copied to ${file}`);
    return Promise.resolve(0);
  },
};
