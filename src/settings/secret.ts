import { inspect } from "node:util";

const MASK = "[secret]";

/**
 * A value that logs, JSON, string templates and `util.inspect` show as `[secret]`. Equality helpers cannot compare it: compare
 * the results of `reveal()`.
 *
 * @example
 *   const key = new Secret("abc");
 *   `${key}`; // "[secret]"
 *   key.reveal(); // "abc"
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself. Call it only to send the value to its provider, or to use it in a cipher. */
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
