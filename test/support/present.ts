/** `value`, where there is one: a test that counts on it fails here otherwise. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("something that should be there is not");
  return value;
}
