import { inspect } from "node:util";

const MASK = "[secret]";

/**
 * A value that logging, JSON, string templates and `util.inspect` show as `[secret]`.
 * Equality helpers cannot look inside either: compare what `reveal()` gives.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself; call it only where the value leaves for its provider or enters a cipher. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
