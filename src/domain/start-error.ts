/** The server cannot start. The message says why and what to do, without secrets. */
export class StartError extends Error {
  override readonly name = "StartError";
}
