import type { TenantId } from "../../domain/tenant-id";
import type { Database, Writer } from "../sql/database";
import { NOTHING } from "../sql/replaced";

/** Runs a unit of work that writes to the ledger alone. No process keeps what the ledger has in memory, so none hears of it. */
export function inLedger<T>(
  database: Pick<Database, "writing">,
  tenant: TenantId,
  work: (writer: Writer) => Promise<T>,
): Promise<T> {
  return database.writing(tenant, (writer) => {
    writer.replaces(NOTHING);
    return work(writer);
  });
}
