import type { TenantId } from "../../domain/tenant-id";
import type { FeedHead } from "./feed-model";

type Heads = ReadonlyMap<string, FeedHead>;

/** A read that runs, and what has changed since it began. */
interface Running {
  readonly tenants: ReadonlySet<TenantId>;
  readonly changed: Set<string>;
  hasAnyChanged: boolean;
}

/** Reads heads from the store. What changes in memory meanwhile may be newer than what is read: then it is read again. */
export class HeadReads {
  readonly #running = new Set<Running>();

  /** @param tenants whose feeds are read. */
  async read(tenants: ReadonlySet<TenantId>, read: () => Promise<Heads>): Promise<Heads> {
    for (;;) {
      const running: Running = { tenants, changed: new Set(), hasAnyChanged: false };
      this.#running.add(running);
      try {
        const heads = await read();
        if (!running.hasAnyChanged && ![...heads.values()].some(({ id }) => running.changed.has(id))) return heads;
      } finally {
        this.#running.delete(running);
      }
    }
  }

  /** To be called when these feeds have changed. */
  changed(ids: readonly string[]): void {
    for (const running of this.#running) for (const id of ids) running.changed.add(id);
  }

  /** To be called when any feed of a tenant may have changed. @param tenant `null`: of any. */
  changedOf(tenant: TenantId | null): void {
    for (const running of this.#running) running.hasAnyChanged ||= tenant === null || running.tenants.has(tenant);
  }
}
