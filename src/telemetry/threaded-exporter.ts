import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import { toSentSpan, type SendRequest, type ThreadData, type ThreadMessage } from "./sent-span";

/** Hears what became of spans. The codes are those of `ExportResultCode`, which the SDK does not export. */
type Exported = (result: { readonly code: typeof SUCCESS | typeof FAILED; readonly error?: Error }) => void;

const SUCCESS = 0;
const FAILED = 1;

/**
 * Sends spans to the collector from a thread of its own. In the server's thread, the exporter's streams would be a further kind for the
 * functions of Node that the server's own connections go through, and V8 drops their optimized code.
 */
export class ThreadedExporter implements SpanExporter {
  readonly #thread: Worker;
  /** Requests that the thread has not answered. */
  readonly #waiting = new Map<number, Exported>();
  #requests = 0;
  /** Why the thread has ended; `null` while it runs. */
  #ended: string | null = null;

  /**
   * @param report hears what failed beside the requests themselves.
   * @param script what the thread runs.
   */
  constructor(
    data: ThreadData,
    private readonly report: (reason: string) => void,
    script = join(__dirname, "export-thread.js"),
  ) {
    this.#thread = new Worker(script, { workerData: data });
    this.#thread.unref();
    this.#thread.on("message", (message: ThreadMessage) => this.#hear(message));
    this.#thread.on("error", (error) => this.#end(String(error)));
    this.#thread.on("exit", () => this.#end("the thread that sends traces has ended"));
  }

  export(spans: Parameters<SpanExporter["export"]>[0], exported: Exported): void {
    if (this.#ended !== null) {
      exported({ code: FAILED, error: new Error(this.#ended) });
      return;
    }
    this.#requests += 1;
    this.#waiting.set(this.#requests, exported);
    this.#thread.ref(); // a process does not end before the answer
    const request: SendRequest = { id: this.#requests, spans: spans.map(toSentSpan) };
    this.#thread.postMessage(request);
  }

  /** Ends the thread: what it has not sent is lost. */
  async shutdown(): Promise<void> {
    await this.#thread.terminate();
  }

  #hear({ id, failure }: ThreadMessage): void {
    if (id === null) {
      this.report(failure);
      return;
    }
    const exported = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#thread.unref();
    exported?.(failure === null ? { code: SUCCESS } : { code: FAILED, error: new Error(failure) });
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    const error = new Error(this.#ended);
    for (const exported of this.#waiting.values()) exported({ code: FAILED, error });
    this.#waiting.clear();
  }
}
