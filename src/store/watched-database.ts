import { StoreError } from "../domain/errors";
import { NO_TENANT, type TenantId } from "../domain/tenant-id";
import type { Database, Writer } from "./sql/database";
import { statement } from "./sql/statement";

/** Time between two attempts to write, while the database cannot be written. */
const PROBE_MS = 1_000;

const PROBE = statement<{ readonly value: string }>(
  "probe",
  { value: "text" },
  ({ given }) => `
    insert into setting (name, value) select 'probe', value from ${given} where true
    on conflict (name) do update set value = excluded.value`,
);

/** A database that reports when it can no longer be written, and when it can again. */
export class WatchedDatabase implements Database {
  #trouble: StoreError | null = null;
  #probing: NodeJS.Timeout | null = null;
  #isOpen = true;

  /** @param onChange called with the reason when the database can no longer be written, and with `null` when it can again. */
  constructor(
    private readonly database: Database,
    private readonly onChange: (trouble: StoreError | null) => void,
    private readonly probeMs = PROBE_MS,
  ) {}

  /** Why the last write failed; `null` where the database can be written. */
  get trouble(): StoreError | null {
    return this.#trouble;
  }

  read: Database["read"] = (wanted, tenant, given) => this.database.read(wanted, tenant, given);

  async writing<T>(tenant: TenantId, work: (writer: Writer) => Promise<T>): Promise<T> {
    try {
      const result = await this.database.writing(tenant, work);
      this.#follow(null);
      return result;
    } catch (error) {
      if (error instanceof StoreError) this.#follow(error);
      throw error;
    }
  }

  destroy(): Promise<void> {
    this.#isOpen = false;
    if (this.#probing) clearTimeout(this.#probing);
    return this.database.destroy();
  }

  #follow(trouble: StoreError | null): void {
    const before = this.#trouble;
    this.#trouble = trouble;
    if (before?.trouble !== trouble?.trouble) this.onChange(trouble);
    if (trouble) this.#probeLater();
  }

  /** Tries to write at intervals: no request may write while the database is known to fail. */
  #probeLater(): void {
    if (this.#probing || !this.#isOpen) return;
    this.#probing = setTimeout(() => {
      this.#probing = null;
      const value = new Date().toISOString();
      void this.writing(NO_TENANT, (writer) => writer.change(PROBE, [{ value }])).catch(() => undefined); // the next attempt follows
    }, this.probeMs).unref();
  }
}
