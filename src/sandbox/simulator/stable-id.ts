import { createHash } from "node:crypto";

/** A UUID (version 8) made from the parts: equal parts give equal ids in every process. */
export function stableId(...parts: readonly (string | number)[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  const variant = "89ab"[parseInt(digest.charAt(16), 16) % 4] ?? "8";
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}
