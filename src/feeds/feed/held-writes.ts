import { StoreError } from "../../domain/errors";

/** What happened to a write that the store rejected. `lost`: it did not fit into memory, or failed for another reason. */
export type HeldWriteEvent = "held" | "made" | "lost";

export interface HeldWritesOptions {
  readonly report: (event: HeldWriteEvent, error: unknown) => void;
  readonly maxBytes?: number;
  /** Time between two attempts. */
  readonly retryMs?: number;
}

interface HeldWrite {
  readonly write: () => Promise<void>;
  readonly bytes: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const RETRY_MS = 1_000;

/**
 * Keeps writes in memory while the database cannot be written, in their order: rows that were paid for are not lost. All of them
 * must be made before the next provider call.
 */
export class HeldWrites {
  readonly #held: HeldWrite[] = [];
  #bytes = 0;
  #trouble: StoreError | null = null;
  #making: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: HeldWritesOptions) {}

  /** Why the first of them cannot be written; `null` where none is held. */
  get trouble(): StoreError | null {
    return this.#trouble;
  }

  /**
   * Makes a write, or holds it where the database cannot be written.
   *
   * @param bytes the memory that the write takes; called only if it is held.
   * @throws {StoreError} the write is held: its rows must not be served yet. Other errors of `write` are thrown as they are.
   */
  async make(write: () => Promise<void>, bytes: () => number): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof StoreError) this.#hold({ write, bytes: bytes() }, error);
      throw error;
    }
  }

  /** Makes all held writes. @throws {StoreError} one still fails; it and the following stay held. */
  async makeAll(): Promise<void> {
    if (this.#held.length === 0) return;
    this.#making ??= this.#makeEach().finally(() => {
      this.#making = null;
    });
    await this.#making;
  }

  /** Tries for the last time. Never rejects: writes that fail are lost and reported. */
  async end(): Promise<void> {
    await this.makeAll().catch(() => undefined); // reported below, for each
    if (this.#timer) clearTimeout(this.#timer);
    for (const { bytes } of this.#held.splice(0)) {
      this.#bytes -= bytes;
      this.options.report("lost", this.#trouble);
    }
  }

  #hold(held: HeldWrite, error: StoreError): void {
    const fits = this.#bytes + held.bytes <= (this.options.maxBytes ?? MAX_BYTES);
    this.options.report(fits ? "held" : "lost", error);
    if (!fits) return;
    this.#held.push(held);
    this.#bytes += held.bytes;
    this.#trouble = error;
    this.#makeLater();
  }

  async #makeEach(): Promise<void> {
    for (let held = this.#held[0]; held; held = this.#held[0]) {
      const error = await failureOf(held.write);
      if (error instanceof StoreError) {
        this.#trouble = error;
        this.#makeLater();
        throw error;
      }
      this.#held.shift();
      this.#bytes -= held.bytes;
      this.options.report(error === null ? "made" : "lost", error);
    }
    this.#trouble = null;
  }

  #makeLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.makeAll().catch(() => undefined); // they stay held, and are tried again
    }, this.options.retryMs ?? RETRY_MS).unref();
  }
}

async function failureOf(write: () => Promise<void>): Promise<unknown> {
  try {
    await write();
    return null;
  } catch (error) {
    return error;
  }
}
