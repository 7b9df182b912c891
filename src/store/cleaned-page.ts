/** Bytes of the header of a page, by the page's first byte: inner pages of indexes and tables, then their leaves. */
const HEADER_BYTES: Readonly<Record<number, number>> = { 2: 12, 5: 12, 10: 8, 13: 8 };
/** The header of the file is in its first page, before that page's own. */
const FILE_HEADER_BYTES = 100;
/** Of a free block: where the next one is, and its size. */
const BLOCK_HEADER_BYTES = 4;

interface Extent {
  readonly from: number;
  readonly to: number;
}

/**
 * A page of a B-tree with zeros wherever it has no row: SQLite leaves copies of rows there that it has moved to other pages.
 *
 * @param number of the page, from 1 on.
 * @param usable bytes of the page that SQLite uses.
 * @returns `null`: it is another page, or not written as it should be.
 * @see SQLite, "Database File Format", 1.6 "B-tree Pages", read 2026-11-30.
 */
export function cleanedPage(page: Buffer, number: number, usable: number): Buffer | null {
  const unused = unusedIn(page, number === 1 ? FILE_HEADER_BYTES : 0, usable);
  if (!unused) return null;
  const cleaned = Buffer.from(page);
  for (const { from, to } of unused) cleaned.fill(0, from, to);
  return cleaned;
}

/** The free blocks, but for their headers, and the gap between the list of rows and the rows. */
function unusedIn(page: Buffer, header: number, usable: number): readonly Extent[] | null {
  const headerBytes = HEADER_BYTES[page.readUInt8(header)];
  if (headerBytes === undefined) return null;
  const gap = {
    from: header + headerBytes + 2 * page.readUInt16BE(header + 3),
    to: page.readUInt16BE(header + 5) || 65_536,
  };
  if (gap.from > gap.to || gap.to > usable) return null;
  const unused = [gap];
  for (let at = page.readUInt16BE(header + 1), last = gap.to; at !== 0;) {
    if (at < last || at + BLOCK_HEADER_BYTES > usable) return null;
    const end = at + page.readUInt16BE(at + 2);
    if (end < at + BLOCK_HEADER_BYTES || end > usable) return null;
    unused.push({ from: at + BLOCK_HEADER_BYTES, to: end });
    last = end;
    at = page.readUInt16BE(at);
  }
  return unused;
}
