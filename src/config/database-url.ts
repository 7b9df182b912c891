import type { z } from "zod";
import { readBy } from "../settings/kinds";
import { Secret } from "../settings/secret";

/** The location of the database. */
export type DatabaseConfig =
  /** `path` is `:memory:` for a database that ends with the process. */
  | { readonly kind: "sqlite"; readonly path: string }
  /** `url` has the password in it; `max` is the number of connections for statements. */
  | { readonly kind: "postgres"; readonly url: Secret; readonly max: number };

/** A path, absolute or relative to the working directory. Without `?` (options of SQLite's URIs) and `//` (a host). */
const FILE = /^file:(?:\/\/(?=\/))?(?!\/\/)([^?#]+)$/;

const MAX_CONNECTIONS = 10;

/** Without `prefer` and `allow`, which fall back to a connection that anyone on the way can read. */
const SSL_MODES: readonly (string | null)[] = [null, "disable", "require", "verify-ca", "verify-full"];

/** A database URL: embedded SQLite, or PostgreSQL. */
export const databaseUrl: z.ZodType<DatabaseConfig> = readBy(
  "takes file:PATH, file::memory: or postgres://USER:PASSWORD@HOST:PORT/DATABASE, " +
    "with ?sslmode= (disable, require, verify-ca, verify-full) and ?max= (connections, from 1 to 1000)",
  (text) => {
    const path = FILE.exec(text)?.[1];
    return path === undefined ? postgresOf(text) : { kind: "sqlite", path };
  },
);

function postgresOf(text: string): DatabaseConfig | undefined {
  const url = /^postgres(?:ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : null;
  const { searchParams: options } = url ?? { searchParams: new URLSearchParams() };
  const max = options.get("max") ?? String(MAX_CONNECTIONS);
  const hasHost = url !== null && (url.hostname !== "" || options.has("host"));
  if (!hasHost || url.pathname.length < 2 || !/^(?:[1-9]\d{0,2}|1000)$/.test(max)) return undefined;
  return SSL_MODES.includes(options.get("sslmode"))
    ? { kind: "postgres", url: new Secret(text), max: Number(max) }
    : undefined;
}
