import { closeSync, openSync, readSync } from "node:fs";

/** A multiple of every size of a page. */
const CHUNK_BYTES = 16 * 1024 * 1024;
const HEADER_BYTES = 100;

/** What the header of an SQLite file says. @see SQLite, "Database File Format", 1.3 "The Database Header", read 2026-11-30. */
export interface FileFormat {
  readonly pageBytes: number;
  /** Bytes of a page that SQLite uses. */
  readonly usable: number;
  /** Whether there are pages that say which page belongs to which (`auto_vacuum`). */
  readonly hasMap: boolean;
}

/** Reads the header of a file; `null`: it is empty. */
export function fileFormat(path: string): FileFormat | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, "r");
  try {
    if (readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null;
  } finally {
    closeSync(file);
  }
  const stated = header.readUInt16BE(16);
  const pageBytes = stated === 1 ? 65_536 : stated;
  return { pageBytes, usable: pageBytes - header.readUInt8(20), hasMap: header.readUInt32BE(52) !== 0 };
}

/**
 * Numbers of the pages, from 1 on, that have some of the bytes. No value goes from the end of a page on at the beginning of the next:
 * each page begins with a header.
 *
 * @param most looks no further once there are so many.
 */
export function pagesWith(
  path: string,
  { pageBytes }: FileFormat,
  wanted: readonly Buffer[],
  most: number,
): readonly number[] {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const found: number[] = [];
  const file = openSync(path, "r");
  try {
    for (let at = 0; found.length < most; at += CHUNK_BYTES) {
      const size = readSync(file, chunk, 0, CHUNK_BYTES, at);
      const read = chunk.subarray(0, size);
      const places = new Set(wanted.flatMap((bytes) => pagesOf(read, bytes, pageBytes)));
      found.push(...[...places].map((place) => at / pageBytes + place + 1));
      if (size < CHUNK_BYTES) break;
    }
  } finally {
    closeSync(file);
  }
  return found.slice(0, most);
}

/** The pages of a chunk, from 0 on, in which the bytes begin. */
function pagesOf(chunk: Buffer, bytes: Buffer, pageBytes: number): readonly number[] {
  const pages: number[] = [];
  for (let at = chunk.indexOf(bytes); at !== -1;) {
    const page = Math.floor(at / pageBytes);
    pages.push(page);
    at = chunk.indexOf(bytes, (page + 1) * pageBytes);
  }
  return pages;
}
