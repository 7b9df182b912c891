import type { TenantId } from "../domain/tenant-id";
import { SqlCallLedger } from "../store/ledger.sql";
import { SqlSpendingReport } from "../store/spending.sql";
import type { Configuration } from "./configuration";
import { openExisting, tenantNamed } from "./open-existing";

/** The ledger of one tenant, for commands. */
export interface OpenLedger {
  readonly tenant: TenantId;
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
