import { AsyncLocalStorage } from "node:async_hooks";
import type { Context } from "@opentelemetry/api";

/**
 * The span that runs, along promises and callbacks. Node follows those at a cost, for every promise of the process, so that it does
 * so only while the work of a recorded span runs: not while a request arrives or its answer leaves.
 */
export class ActiveSpan {
  readonly #storage = new AsyncLocalStorage<Context>();
  #open = 0;

  /** The context of the span that runs; `undefined` outside of recorded spans. */
  get(): Context | undefined {
    return this.#open > 0 ? this.#storage.getStore() : undefined;
  }

  /** Begins to follow what runs. Each call needs one of `close`. */
  open(): void {
    this.#open += 1;
  }

  /** Runs `work` with `context`, between `open` and `close`. */
  run<T>(context: Context, work: () => T): T {
    return this.#storage.run(context, work);
  }

  /** Ends what `open` began. */
  close(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#storage.disable();
  }
}
