import type { RequestContext } from "../../graphql/context";

/** Asks one root field, with the arguments that its operation gives it. */
export type Ask = (context: RequestContext) => unknown;

/** The root fields of one run, by response name. Each is asked once. */
export class RootCalls {
  readonly #calls = new Map<string | number, { readonly ask: Ask; readonly value: unknown }>();

  /** What a field gives; a promise that rejects where it throws. */
  give(name: string | number, ask: Ask, context: RequestContext): unknown {
    const known = this.#calls.get(name);
    if (known) return known.value;
    const value = orRejection(() => ask(context));
    this.#calls.set(name, { ask, value });
    return value;
  }

  /** How each field was asked, by response name. */
  get asks(): ReadonlyMap<string | number, Ask> {
    return new Map([...this.#calls].map(([name, { ask }]) => [name, ask]));
  }

  /** What the fields gave, in the order they were asked; `null` where one failed, or gave no object. */
  async objects(): Promise<readonly object[] | null> {
    const settled = await Promise.allSettled([...this.#calls.values()].map(({ value }) => value));
    const objects = settled.flatMap((one) => (one.status === "fulfilled" && isObject(one.value) ? [one.value] : []));
    return objects.length === settled.length ? objects : null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function orRejection(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
