/** What `work` gives, or the error it fails with: several pages are read at once, and each fails alone. */
export async function orError<T>(work: () => T | Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
