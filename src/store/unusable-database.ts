/** The database cannot be used. The message says why and what to do; it never contains the password. */
export class UnusableDatabaseError extends Error {
  override readonly name = "UnusableDatabaseError";

  constructor(
    message: string,
    /** The code of PostgreSQL, Node or SQLite; empty where there is none. */
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
