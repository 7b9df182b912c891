const TEXT = 24;
const PLACE = 8;
const OBJECT = 32;

/** About how many bytes of memory a value takes: texts, numbers, dates, and lists and plain objects of them. */
export function bytesOf(value: unknown): number {
  if (typeof value === "string") return TEXT + value.length;
  if (typeof value !== "object" || value === null) return 0; // in its place
  let bytes = OBJECT;
  if (Array.isArray(value)) for (const item of value) bytes += PLACE + bytesOf(item);
  else for (const item of Object.values(value)) bytes += PLACE + bytesOf(item);
  return bytes;
}
