/** The result of `work`, or its error: of several pages that are read together, each can fail alone. */
export async function orError<T>(work: () => T | Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
