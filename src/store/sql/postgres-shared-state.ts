import type { Pool } from "pg";
import type { TenantId } from "../../domain/tenant-id";
import { run } from "./postgres-connection";
import { withPostgresTrouble } from "./postgres-trouble";
import type { SharedState } from "./processes";
import { statement } from "./statement";

interface StateRow {
  readonly name: string;
  readonly version: number;
  readonly state: string;
}

const STATE = statement<Pick<StateRow, "name">, Pick<StateRow, "version" | "state">>(
  "shared state",
  { name: "text" },
  ({ given, join }) => `
    select shared_state.version, shared_state.state from ${given}
    ${join} shared_state on shared_state.tenant = given.tenant and shared_state.name = given.name`,
);

/** Writes nothing where another process has changed the state since it was read. */
const REPLACE_STATE = statement<StateRow>(
  "replace shared state",
  { name: "text", version: "integer", state: "text" },
  ({ tenant, given }) => `
    insert into shared_state (tenant, name, version, state)
    select ${tenant}, name, version + 1, state from ${given} where true
    on conflict (tenant, name) do update set version = excluded.version, state = excluded.state
    where shared_state.version = excluded.version - 1`,
);

/** A change that waits, and how its caller is told. */
interface Waiting {
  /** Returns the new state. */
  readonly apply: (before: unknown) => object;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A small state that all processes share: a row. This process remembers it, and reads it again where another process has changed
 * it. One statement makes all changes that wait in this process.
 */
export class PostgresSharedState implements SharedState {
  readonly #waiting: Waiting[] = [];
  #isRunning = false;
  /** The state as it was last seen. A change of another process makes it wrong: then ours writes no row, and it is read again. */
  #known: { readonly version: number; readonly state: unknown } | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly tenant: TenantId,
    private readonly name: string,
  ) {}

  change<T>(change: (before: unknown) => { readonly state: object; readonly result: T }): Promise<T> {
    return new Promise((resolve, reject) => {
      let told: (() => void) | undefined;
      const apply = (before: unknown): object => {
        const { state, result } = change(before);
        told = () => resolve(result);
        return state;
      };
      this.#waiting.push({ apply, resolve: () => told?.(), reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0);
      try {
        await this.#write(together);
        for (const { resolve } of together) resolve();
      } catch (error) {
        this.#known = null;
        for (const { reject } of together) reject(withPostgresTrouble(error));
      }
    }
    this.#isRunning = false;
  }

  /** Tries until no other process has changed the state in the meantime. */
  async #write(together: readonly Waiting[]): Promise<void> {
    for (;;) {
      const { version, state: before } = this.#known ?? (await this.#read());
      const state = together.reduce<unknown>((state, { apply }) => apply(state), before);
      const row = { name: this.name, version, state: JSON.stringify(state) };
      const { changed } = await run(this.pool, REPLACE_STATE, this.tenant, [row]);
      this.#known = changed === 1 ? { version: version + 1, state } : null;
      if (changed === 1) return;
    }
  }

  async #read(): Promise<{ readonly version: number; readonly state: unknown }> {
    const [row] = (await run(this.pool, STATE, this.tenant, [{ name: this.name }])).rows;
    return row ? { version: row.version, state: JSON.parse(row.state) as unknown } : { version: 0, state: null };
  }
}
