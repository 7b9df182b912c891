import { existsSync } from "node:fs";
import type { DatabaseConfig } from "../config/database-url";
import { StartError } from "../domain/start-error";
import type { TenantId } from "../domain/tenant-id";
import { versionIn } from "../store/inspect-sqlite";
import type { DatabaseVersion } from "../store/migrations/versions";
import { openDatabase, type Database } from "../store/open-database";
import { openReadOnlyDatabase } from "../store/read-only-database";
import type { PostgresDatabase } from "../store/sql/postgres-database";
import { withSqliteRefusal } from "../store/sql/sqlite-refusal";
import type { Configuration } from "./configuration";
import { tenantsOf } from "./open-tenant";

/** The tenant that a command is for. @param wanted `null`: the only one. @throws {StartError} there is no such tenant. */
export function tenantNamed(config: Configuration, wanted: string | null): TenantId {
  const ids = tenantsOf(config).map(({ id }) => id);
  const [only] = ids;
  if (wanted === null && config.tenants === null && only !== undefined) return only;
  if (wanted === null) throw new StartError(`--tenant is needed with a tenants file: ${ids.join(", ")}`);
  const named = ids.find((id) => id === wanted);
  if (named === undefined) throw new StartError(`there is no tenant ${JSON.stringify(wanted)}: ${ids.join(", ")}`);
  return named;
}

/**
 * Opens a database beside a server that may be running. Nothing is created or migrated.
 *
 * @throws {StartError} there is no database, or one of another version.
 */
export async function openExisting(config: DatabaseConfig): Promise<Database> {
  if (config.kind === "postgres") return openExistingPostgres(config);
  return openFile(config, openDatabase);
}

/** Opens a database as `openExisting` does, for reading alone. */
export async function openExistingToRead(config: DatabaseConfig): Promise<Database> {
  if (config.kind === "postgres") return openExistingPostgres(config);
  return openFile(config, (path) => Promise.resolve(openReadOnlyDatabase(path)));
}

/** As `openExisting`, for PostgreSQL. */
export async function openExistingPostgres(
  config: Extract<DatabaseConfig, { readonly kind: "postgres" }>,
): Promise<PostgresDatabase> {
  const [{ inspectPostgres }, { openPostgres }] = await Promise.all([
    import("../store/inspect-postgres.js"),
    import("../store/open-postgres.js"),
  ]);
  const options = { url: config.url.reveal(), max: 1 };
  refuseOther(await inspectPostgres(options));
  return openPostgres(options);
}

async function openFile(
  { path }: Extract<DatabaseConfig, { readonly kind: "sqlite" }>,
  open: (path: string) => Promise<Database>,
): Promise<Database> {
  if (path === ":memory:") throw new StartError("a database in memory is in the server alone");
  if (!existsSync(path)) throw new StartError(`there is no database ${path}. Correct DATABASE_URL.`);
  try {
    refuseOther(versionIn(path));
    return await open(path);
  } catch (error) {
    throw withSqliteRefusal(error, path);
  }
}

function refuseOther({ found, own }: DatabaseVersion): void {
  if (found === own) return;
  throw new StartError(
    `the database is ${found === null ? "empty" : `of version ${found}`}, and this program needs version ${own}: start the server once`,
  );
}
