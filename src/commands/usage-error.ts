/** The command line is wrong. The message says what it takes; it contains no value of an option. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
