import { NO_TENANT, type TenantId } from "../domain/tenant-id";
import type { Database } from "./sql/database";
import { statement } from "./sql/statement";

/** Every tenant with data has a sequence. */
const TENANTS = statement<object, { readonly tenant: TenantId }>(
  "tenants",
  {},
  () => "select distinct tenant from counter where tenant <> ''",
);

/** All tenants that may have data. */
export async function tenantsOf(database: Pick<Database, "read">): Promise<readonly TenantId[]> {
  const rows = await database.read(TENANTS, NO_TENANT, [{}]);
  return rows.map(({ tenant }) => tenant);
}
