/** The code of an error of Node's, such as `ENOENT`. Not by `instanceof Error`: those inside Jest are of another realm. */
export function codeOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : null;
}
