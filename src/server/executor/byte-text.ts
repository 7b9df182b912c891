/**
 * UTF-8 bytes as a text: one character for each byte. Answers are concatenated from such texts: a text needs one byte of
 * memory for each character, and the whole answer becomes a buffer without another encoding.
 */
export type ByteText = string;

const NOT_ASCII = /[\u0080-\uffff]/;

export function toByteText(text: string): ByteText {
  return NOT_ASCII.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

export function fromByteText(text: ByteText): string {
  return toBuffer(text).toString("utf8");
}

/** The bytes to send. */
export function toBuffer(text: ByteText): Buffer {
  return Buffer.from(text, "latin1");
}

/** A flat copy of the text. A concatenated text refers to its parts in memory until it is flattened. */
export function inOnePiece(text: ByteText): ByteText {
  return toBuffer(text).toString("latin1");
}
