/**
 * A call, with its complete body. `at` is the simulator's clock; names of headers are in lower case, names in the query
 * unchanged.
 */
export interface SimulatorRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** A list where the name occurs more than once. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; `undefined` where there is no body, the text where it is no JSON. */
  readonly body: unknown;
}

/** A call and its answer. */
export interface SimulatorCall extends SimulatorRequest {
  /** `null` while or if no complete answer was sent. */
  readonly status: number | null;
}

interface Entry {
  readonly request: SimulatorRequest;
  status: number | null;
}

/** The calls that arrived, in the order of their arrival. */
export class CallLog {
  private entries: Entry[] = [];
  private waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** Adds a call. @returns a function to call when a complete answer has been sent. */
  arrived(request: SimulatorRequest): (status: number) => void {
    const entry: Entry = { request, status: null };
    this.entries.push(entry);
    for (const { count, resolve } of this.waiting) if (count <= this.entries.length) resolve();
    this.waiting = this.waiting.filter(({ count }) => count > this.entries.length);
    return (status) => {
      entry.status = status;
    };
  }

  /** A copy of the log. */
  calls(): readonly SimulatorCall[] {
    return this.entries.map(({ request, status }) => ({ ...request, status }));
  }

  clear(): void {
    this.entries = [];
  }

  /** Resolves when `count` calls have arrived since the start or the last `clear`; the work of the last one is done then. */
  whenCalled(count: number): Promise<void> {
    if (count <= this.entries.length) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ count, resolve }));
  }
}
