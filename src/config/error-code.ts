/** The code of a Node error, such as `ENOENT`. Without `instanceof Error`, since errors inside Jest belong to another realm. */
export function codeOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : null;
}
