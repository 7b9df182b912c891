/**
 * What `waited` comes to, unless the signal fires first; `waited` itself goes on.
 *
 * @throws the reason of `signal`, as soon as it fires.
 */
export function orLeave<T>(waited: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return waited;
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    waited.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
