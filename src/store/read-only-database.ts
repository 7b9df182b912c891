import type { Database } from "./sql/database";
import { openForLook } from "./sql/read-only-connection";

/** An SQLite file that is only read: not one byte of it changes, nor of the files beside it. Another process may be writing it. */
export function openReadOnlyDatabase(path: string): Database {
  const connection = openForLook(path);
  connection.exec("pragma busy_timeout = 5000");
  return {
    read: (wanted, tenant, given) =>
      Promise.resolve().then(() => (given.length === 0 ? [] : connection.rows(wanted, tenant, given))),
    writing: () => Promise.reject(new Error("the database is open for reading alone")),
    destroy: () => {
      connection.close();
      return Promise.resolve();
    },
  };
}
