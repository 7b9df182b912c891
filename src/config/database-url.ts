import type { z } from "zod";
import { readBy } from "../settings/kinds";

/** Where the database is. `path` is `:memory:` for a database that ends with the process. */
export interface DatabaseConfig {
  readonly kind: "sqlite";
  readonly path: string;
}

/** A path, absolute or from the working directory. `?` would begin SQLite's URI options, `//` a host. */
const FILE = /^file:(?:\/\/(?=\/))?(?!\/\/)([^?#]+)$/;

/** A database address: SQLite's only, in this version. */
export const databaseUrl: z.ZodType<DatabaseConfig> = readBy(
  "takes file:PATH or file::memory: (PostgreSQL is not supported by this version yet)",
  (text) => {
    const path = FILE.exec(text)?.[1];
    return path === undefined ? undefined : { kind: "sqlite", path };
  },
);
