import type { z } from "zod";
import { readBy } from "../settings/kinds";

/** The location of the database. `path` is `:memory:` for one that ends with the process. */
export interface DatabaseConfig {
  readonly kind: "sqlite";
  readonly path: string;
}

/** A path, absolute or relative to the working directory. Without `?` (options of SQLite's URIs) and `//` (a host). */
const FILE = /^file:(?:\/\/(?=\/))?(?!\/\/)([^?#]+)$/;

/** A database URL; this version supports SQLite only. */
export const databaseUrl: z.ZodType<DatabaseConfig> = readBy(
  "takes file:PATH or file::memory: (PostgreSQL is not supported by this version yet)",
  (text) => {
    const path = FILE.exec(text)?.[1];
    return path === undefined ? undefined : { kind: "sqlite", path };
  },
);
