/**
 * The result of `waited`, unless the signal aborts first; `waited` itself continues.
 *
 * @throws the reason of `signal`, as soon as it aborts.
 */
export function abortable<T>(waited: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return waited;
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    waited.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
