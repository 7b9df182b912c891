import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { StoreError } from "../../domain/errors";

/**
 * Waits until what SQLite has written to its log is on the disk, without blocking the process. Calls that come while the disk
 * is busy share the next wait.
 */
export class LogSync {
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #hasFailed = false;

  /** @param toDisk resolves once the whole log is on the disk. */
  constructor(private readonly toDisk: () => Promise<void>) {}

  /** Whether a wait has failed since `clearFailure`: what was written before may never reach the disk. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** What was written is on the disk after all. */
  clearFailure(): void {
    this.#hasFailed = false;
  }

  /** Resolves once everything that was written before this call is on the disk. @throws {StoreError} the disk reports an error. */
  written(): Promise<void> {
    if (!this.#running) return this.#begin();
    const begin = (): Promise<void> => {
      this.#next = null;
      return this.#begin();
    };
    this.#next ??= this.#running.then(begin, begin);
    return this.#next;
  }

  #begin(): Promise<void> {
    const running = this.#wait().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  async #wait(): Promise<void> {
    try {
      await this.toDisk();
    } catch (error) {
      this.#hasFailed = true;
      const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
      throw new StoreError("disk", `The database cannot be written: its disk reports an error (${code}).`, {
        cause: error,
      });
    }
  }
}

/** The log of a database file. */
export class LogFile {
  #file: Promise<FileHandle> | null = null;

  /** @param path the database's file. */
  constructor(private readonly path: string) {}

  /** Resolves once the whole log is on the disk. SQLite must have written something before. */
  async toDisk(): Promise<void> {
    this.#file ??= this.#open();
    const file = await this.#file.catch((error: unknown) => {
      this.#file = null;
      throw error;
    });
    await file.datasync();
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await (await file)?.close();
  }

  /** SQLite makes the file when it opens the database; that the folder names it must be on the disk too. */
  async #open(): Promise<FileHandle> {
    const file = await open(`${this.path}-wal`, "r+");
    if (process.platform === "win32") return file; // where folders cannot be opened
    const folder = await open(dirname(this.path), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
    return file;
  }
}
