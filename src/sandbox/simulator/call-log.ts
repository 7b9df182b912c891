/** A call as it arrived, its body whole. `at` is the simulator's clock; header and query names are as sent, headers in lower case. */
export interface SimulatorRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** A list where the name was there more than once. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed; `undefined` where there was none, the text itself where it was not JSON. */
  readonly body: unknown;
}

/** A call and what became of it. */
export interface SimulatorCall extends SimulatorRequest {
  /** `null` where no whole answer was sent, or not yet. */
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

  /** @returns What is to be called when a whole answer has been sent. */
  arrived(request: SimulatorRequest): (status: number) => void {
    const entry: Entry = { request, status: null };
    this.entries.push(entry);
    for (const { count, resolve } of this.waiting) if (count <= this.entries.length) resolve();
    this.waiting = this.waiting.filter(({ count }) => count > this.entries.length);
    return (status) => {
      entry.status = status;
    };
  }

  /** A copy: later calls do not show in it. */
  calls(): readonly SimulatorCall[] {
    return this.entries.map(({ request, status }) => ({ ...request, status }));
  }

  clear(): void {
    this.entries = [];
  }

  /** Resolves once `count` calls have arrived since the start or the last clearing; the last one's work is done by then. */
  whenCalled(count: number): Promise<void> {
    if (count <= this.entries.length) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ count, resolve }));
  }
}
