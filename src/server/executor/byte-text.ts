/**
 * Text as its UTF-8 bytes, one character a byte. Answers are put together of such texts: each takes one byte a character
 * in memory, and the whole becomes a buffer without being encoded once more.
 */
export type ByteText = string;

const NOT_ASCII = /[\u0080-\uffff]/;

export function toByteText(text: string): ByteText {
  return NOT_ASCII.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

export function fromByteText(text: ByteText): string {
  return toBuffer(text).toString("utf8");
}

/** The bytes that go over the wire. */
export function toBuffer(text: ByteText): Buffer {
  return Buffer.from(text, "latin1");
}

/** The same text in one piece. A text that was joined refers to its parts, and is put together wherever it is used. */
export function inOnePiece(text: ByteText): ByteText {
  return toBuffer(text).toString("latin1");
}
