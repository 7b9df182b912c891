import { Secret } from "../secret";
import type { Kind } from "../variable";

const LEAST_BYTES = 32;

/** A key or token, which has to fit into an HTTP header: an error about a header may quote it. */
export const secretText: Kind<Secret> = {
  rule: "takes printable ASCII characters only",
  read: (text) => (/^[\x20-\x7e]+$/.test(text) ? new Secret(text) : undefined),
};

/** Keys in base64, separated by commas, in the order given; there is at least one. */
export const secretKeys: Kind<Secret<readonly Buffer[]>> = {
  rule: `takes one or more secrets separated by commas, each at least ${LEAST_BYTES} bytes in base64`,
  read: (text) => {
    const parts = text.split(",");
    const keys = parts.map((part) => base64Bytes(part.trim())).filter((key) => key.length >= LEAST_BYTES);
    return keys.length === parts.length ? new Secret(keys) : undefined;
  },
};

/** The bytes, or none where the text is not base64. Node skips what is not, so they have to encode to the same text. */
function base64Bytes(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  return withoutPadding(bytes.toString("base64")) === withoutPadding(text) ? bytes : Buffer.alloc(0);
}

function withoutPadding(text: string): string {
  return text.replace(/={1,2}$/, "");
}
