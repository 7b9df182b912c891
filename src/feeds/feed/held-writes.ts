import { StoreError } from "../../domain/errors";

/** What became of a write that the store did not take at first. A lost one was too much to hold, or can never be made. */
export type HeldWriteEvent = "held" | "made" | "lost";

export interface HeldWritesOptions {
  readonly report: (event: HeldWriteEvent, error: unknown) => void;
  readonly maxBytes?: number;
  /** After how long the store is tried again. */
  readonly retryMs?: number;
}

interface HeldWrite {
  readonly write: () => Promise<void>;
  readonly bytes: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const RETRY_MS = 1_000;

/**
 * Writes that the store did not take, in the order in which they were to be made: what was paid for stays in memory until it
 * is recorded. Whoever is about to make a provider call has them made first.
 */
export class HeldWrites {
  readonly #held: HeldWrite[] = [];
  #bytes = 0;
  #trouble: StoreError | null = null;
  #making: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: HeldWritesOptions) {}

  /** Why the store does not take the first of them; `null` where none is held. */
  get trouble(): StoreError | null {
    return this.#trouble;
  }

  /**
   * Makes a write, or holds it where the store cannot take it.
   *
   * @param bytes how much memory it takes; called only where it is held.
   * @throws {StoreError} it is held: nothing of it may be shown yet. Likewise what else `write` throws.
   */
  async make(write: () => Promise<void>, bytes: () => number): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof StoreError) this.#hold({ write, bytes: bytes() }, error);
      throw error;
    }
  }

  /** Makes all of them. @throws {StoreError} where the store still cannot take one; that one and those after it are held. */
  async makeAll(): Promise<void> {
    if (this.#held.length === 0) return;
    this.#making ??= this.#makeEach().finally(() => {
      this.#making = null;
    });
    await this.#making;
  }

  /** Tries for the last time. Never rejects: what cannot be made is lost. */
  async end(): Promise<void> {
    await this.makeAll().catch(() => undefined); // told below, for each
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
      void this.makeAll().catch(() => undefined); // they are held still, and tried again
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
