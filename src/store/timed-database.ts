import type { TenantId } from "../domain/tenant-id";
import type { Database, Writer } from "./sql/database";
import type { Replaced } from "./sql/replaced";

/** Called with the name of a statement and its duration. `commit`: from the end of a unit of work until it is on the disk. */
export type StatementObserver = (statement: string, ms: number) => void;

/** A database that reports how long its statements take, with the waits for connections and locks. */
export class TimedDatabase implements Database {
  constructor(
    private readonly database: Database,
    private readonly onStatement: StatementObserver,
  ) {}

  read: Database["read"] = async (wanted, tenant, given) => {
    const begunAt = performance.now();
    try {
      return await this.database.read(wanted, tenant, given);
    } finally {
      this.onStatement(wanted.name, performance.now() - begunAt);
    }
  };

  async writing<T>(tenant: TenantId, work: (writer: Writer) => Promise<T>): Promise<T> {
    let endedAt = 0;
    const result = await this.database.writing(tenant, async (writer) => {
      const written = await work(new TimedWriter(writer, this.onStatement));
      endedAt = performance.now();
      return written;
    });
    this.onStatement("commit", performance.now() - endedAt);
    return result;
  }

  destroy(): Promise<void> {
    return this.database.destroy();
  }
}

class TimedWriter implements Writer {
  constructor(
    private readonly writer: Writer,
    private readonly onStatement: StatementObserver,
  ) {}

  get tenant(): TenantId {
    return this.writer.tenant;
  }

  get epoch(): number {
    return this.writer.epoch;
  }

  rows: Writer["rows"] = async (wanted, given) => {
    const begunAt = performance.now();
    try {
      return await this.writer.rows(wanted, given);
    } finally {
      this.onStatement(wanted.name, performance.now() - begunAt);
    }
  };

  change: Writer["change"] = async (wanted, given) => {
    const begunAt = performance.now();
    try {
      return await this.writer.change(wanted, given);
    } finally {
      this.onStatement(wanted.name, performance.now() - begunAt);
    }
  };

  tellForgotten(): void {
    this.writer.tellForgotten();
  }

  replaces(replaced: Replaced): void {
    this.writer.replaces(replaced);
  }

  draw(count: number): number {
    return this.writer.draw(count);
  }
}
