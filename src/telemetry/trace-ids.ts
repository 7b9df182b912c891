import { randomFillSync } from "node:crypto";
import type { IdGenerator } from "@opentelemetry/sdk-trace-base";

/** Characters of hexadecimal text. */
const TRACE_ID = 32;
const SPAN_ID = 16;

/** Random bytes are drawn so many at once: to draw them for each id takes several times as long as the rest of its making. */
const DRAWN_BYTES = 4_096;

/**
 * Random ids for traces and spans, as hexadecimal text.
 *
 * @see W3C Trace Context: 16 bytes for a trace, 8 for a span, not all of them 0.
 */
export class TraceIds implements IdGenerator {
  readonly #bytes = Buffer.alloc(DRAWN_BYTES);
  #drawn = "";
  #used = 0;
  #chosen: string | null = null;

  /** Runs `start`, in which the trace that begins has this id. */
  withTraceId<T>(traceId: string, start: () => T): T {
    this.#chosen = traceId;
    try {
      return start();
    } finally {
      this.#chosen = null;
    }
  }

  // The SDK calls both as functions of the object.
  generateTraceId(): string {
    return this.#chosen ?? this.#next(TRACE_ID);
  }

  generateSpanId(): string {
    return this.#next(SPAN_ID);
  }

  #next(characters: number): string {
    if (this.#used + characters > this.#drawn.length) {
      this.#drawn = randomFillSync(this.#bytes).toString("hex");
      this.#used = 0;
    }
    const id = this.#drawn.slice(this.#used, this.#used + characters);
    this.#used += characters;
    return /[^0]/.test(id) ? id : this.#next(characters);
  }
}
