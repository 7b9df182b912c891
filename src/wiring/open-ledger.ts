import { existsSync } from "node:fs";
import { StartError } from "../domain/start-error";
import { SqlCallLedger } from "../store/ledger.sql";
import { inspectPostgres } from "../store/inspect-postgres";
import type { DatabaseVersion } from "../store/migrations/migrations";
import { sqliteVersion } from "../store/migrations/sqlite-version";
import { openDatabase, type Database } from "../store/open-database";
import { openPostgres } from "../store/open-postgres";
import { openForLook } from "../store/sql/read-only-connection";
import { withSqliteRefusal } from "../store/sql/sqlite-refusal";
import { SqlSpendingReport } from "../store/spending.sql";
import type { Configuration } from "./configuration";
import { tenantsOf } from "./open-tenant";

/** The ledger of one tenant, for commands. */
export interface OpenLedger {
  readonly tenant: string;
  readonly ledger: SqlCallLedger;
  readonly report: SqlSpendingReport;
  readonly close: () => Promise<void>;
}

/**
 * Opens the ledger beside a server that may be running. Nothing is created or migrated.
 *
 * @param wanted the tenant; `null`: the only one.
 * @throws {StartError} there is no such tenant, no database, or one of another version.
 */
export async function openLedger(config: Configuration, wanted: string | null): Promise<OpenLedger> {
  const tenant = tenantNamed(config, wanted);
  const database = await openExisting(config.database);
  return {
    tenant,
    ledger: new SqlCallLedger(database),
    report: new SqlSpendingReport(database),
    close: () => database.destroy(),
  };
}

function tenantNamed(config: Configuration, wanted: string | null): string {
  const ids = tenantsOf(config).map(({ id }) => id);
  const [only] = ids;
  if (wanted === null && config.tenants === null && only !== undefined) return only;
  if (wanted === null) throw new StartError(`--tenant is needed with a tenants file: ${ids.join(", ")}`);
  if (!ids.includes(wanted)) throw new StartError(`there is no tenant ${JSON.stringify(wanted)}: ${ids.join(", ")}`);
  return wanted;
}

async function openExisting(config: Configuration["database"]): Promise<Database> {
  if (config.kind === "postgres") {
    const options = { url: config.url.reveal(), max: 1 };
    refuseOther(await inspectPostgres(options));
    return openPostgres(options);
  }
  if (config.path === ":memory:") throw new StartError("a database in memory is in the server alone");
  if (!existsSync(config.path)) throw new StartError(`there is no database ${config.path}. Correct DATABASE_URL.`);
  try {
    refuseOther(versionIn(config.path));
    return await openDatabase(config.path);
  } catch (error) {
    throw withSqliteRefusal(error, config.path);
  }
}

function versionIn(path: string): DatabaseVersion {
  const connection = openForLook(path);
  try {
    return sqliteVersion(connection);
  } finally {
    connection.close();
  }
}

function refuseOther({ found, own }: DatabaseVersion): void {
  if (found === own) return;
  throw new StartError(
    `the database is ${found === null ? "empty" : `of version ${found}`}, and this program needs version ${own}: start the server once`,
  );
}
