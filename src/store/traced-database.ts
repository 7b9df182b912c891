import type { TenantId } from "../domain/tenant-id";
import type { Tracing } from "../domain/tracing";
import type { Database, Writer } from "./sql/database";

/** A database whose transactions are spans, from the request for one to its commit. */
export class TracedDatabase implements Database {
  /** @param system its name in OpenTelemetry's conventions. */
  constructor(
    private readonly database: Database,
    private readonly tracing: Tracing,
    private readonly system: "sqlite" | "postgresql",
  ) {}

  read: Database["read"] = (wanted, tenant, given) => this.database.read(wanted, tenant, given);

  writing<T>(tenant: TenantId, work: (writer: Writer) => Promise<T>): Promise<T> {
    const values = { "db.system.name": this.system };
    return this.tracing.span("transaction", values, () => this.database.writing(tenant, work));
  }

  destroy(): Promise<void> {
    return this.database.destroy();
  }
}
