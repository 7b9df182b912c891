import { createCipheriv, createDecipheriv, createHash, createHmac, type Cipher, type Decipher } from "node:crypto";
import { InputError } from "../domain/errors";
import { SharedCache } from "../domain/shared-cache";
import type { TenantId } from "../domain/tenant-id";

/** The content of a cursor: a list (a feed or a roster) and a position in it. */
export interface OpenedCursor {
  /** A UUID; for feeds it is the feed's id. */
  readonly listId: string;
  readonly position: number;
}

/** Makes cursors for one list. */
export interface ListSealer {
  /** Cursors for `positions`, in their order. One cipher call for all of them. */
  seal(positions: readonly number[]): readonly string[];
}

const MAX_OPENED = 2_000;
const MAX_KEYS = 1_000;

/** Positions of bytes in a UUID. @see RFC 9562, 4.2 */
const VERSION_AT = 6;
const VARIANT_AT = 8;

const VERSION = 1;
const BLOCK_BYTES = 16;
const HEAD_BYTES = 1 + 16;
const CURSOR_BYTES = HEAD_BYTES + BLOCK_BYTES; // 33: base64url without padding, so no two texts mean one cursor
const CURSOR_CHARS = 44;
const ALGORITHM = "aes-256-ecb";
const POSITION_BYTES = 6;
const POSITION_AT = BLOCK_BYTES - POSITION_BYTES;

const INVALID =
  "This is not a cursor of this connection. Pass an unchanged `cursor`, `startCursor` or `endCursor` of it.";

/** @throws {InputError} `CURSOR_INVALID` */
export function refuseCursor(): never {
  throw new InputError(INVALID, "CURSOR_INVALID");
}

/** The id of a list that is no feed: a UUID of version 8, made from the hash of the list's name. */
export function listIdOf(name: string): string {
  const bytes = createHash("sha256").update(name).digest().subarray(0, 16);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(VERSION_AT) & 0x0f), VERSION_AT);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(VARIANT_AT) & 0x3f), VARIANT_AT);
  return toUuid(bytes);
}

/** Whether `listIdOf` made the id. The ids of feeds are random UUIDs of version 4. */
export function isNamedList(listId: string): boolean {
  return listId.charAt(14) === "8";
}

/**
 * Makes and reads cursors: `version | list id | AES block`, 33 bytes, base64url.
 *
 * The block has ten zero bytes and the position, encrypted with a key that is derived from secret, tenant and list. A text
 * that was changed, or made for another tenant, list or server, decrypts to a block without the zeros (with a chance of one in
 * 2^80 to have them). The key is derived once for each list; a page needs one cipher call.
 *
 * @example
 *   const sealer = new CursorSealer([randomBytes(32)]);
 *   const [cursor = ""] = sealer.forList("acme", feedId).seal([7]);
 *   sealer.open("acme", cursor); // { listId: feedId, position: 7 }
 */
export class CursorSealer {
  readonly #secrets: readonly Buffer[];
  /** Cache: clients often read the same pages again. Never wrong: a cursor and the secrets stay as they are. */
  readonly #opened = new SharedCache<OpenedCursor>({ max: MAX_OPENED });
  readonly #ciphers = new SharedCache<ListCipher>({ max: MAX_KEYS });

  /** @param secrets at least one, each of 32 bytes or more: the first one seals, all of them open. */
  constructor(secrets: readonly Buffer[]) {
    this.#secrets = secrets;
  }

  forList(tenant: TenantId, listId: string): ListSealer {
    const [secret] = this.#secrets;
    if (secret === undefined) throw new RangeError("no cursor secret");
    const cipher = this.#cipherOf(secret, tenant, listId);
    const head = Buffer.concat([Buffer.of(VERSION), fromUuid(listId)]);
    return { seal: (positions) => sealPositions(cipher, head, positions) };
  }

  /** @throws {InputError} `CURSOR_INVALID` for anything but a cursor of this server and tenant. */
  open(tenant: TenantId, cursor: string): OpenedCursor {
    const known = this.#opened.get(tenant, cursor);
    if (known) return known;
    const place = this.#open(tenant, cursor);
    this.#opened.set(tenant, cursor, place);
    return place;
  }

  #open(tenant: TenantId, cursor: string): OpenedCursor {
    const bytes = Buffer.from(cursor, "base64url");
    // Node also accepts ordinary base64 and ignores other characters: each cursor must have one text only.
    if (bytes.toString("base64url") !== cursor || bytes.length !== CURSOR_BYTES || bytes[0] !== VERSION) refuseCursor();
    const listId = toUuid(bytes.subarray(1, HEAD_BYTES));
    for (const secret of this.#secrets) {
      const position = openBlock(this.#cipherOf(secret, tenant, listId), bytes.subarray(HEAD_BYTES));
      if (position !== null) return { listId, position };
    }
    return refuseCursor();
  }

  #cipherOf(secret: Buffer, tenant: TenantId, listId: string): ListCipher {
    const name = `${String(this.#secrets.indexOf(secret))} ${listId}`;
    const known = this.#ciphers.get(tenant, name);
    if (known) return known;
    const fresh = new ListCipher(listKey(secret, tenant, listId));
    this.#ciphers.set(tenant, name, fresh);
    return fresh;
  }
}

/**
 * Encrypts and decrypts blocks with the key of a list. In ECB each block stands alone, as intended (equal places give equal
 * cursors), so that one cipher serves all calls: to make one costs more than what it does.
 */
class ListCipher {
  #cipher: Cipher | null = null;
  #decipher: Decipher | null = null;

  constructor(private readonly key: Buffer) {}

  encrypt(blocks: Buffer): Buffer {
    this.#cipher ??= createCipheriv(ALGORITHM, this.key, null).setAutoPadding(false);
    return this.#cipher.update(blocks);
  }

  decrypt(block: Buffer): Buffer {
    this.#decipher ??= createDecipheriv(ALGORITHM, this.key, null).setAutoPadding(false);
    return this.#decipher.update(block);
  }
}

function listKey(secret: Buffer, tenant: TenantId, listId: string): Buffer {
  return createHmac("sha256", secret).update(`cursor\0${listId}\0${tenant}`).digest();
}

function sealPositions(cipher: ListCipher, head: Buffer, positions: readonly number[]): readonly string[] {
  const plain = Buffer.alloc(positions.length * BLOCK_BYTES);
  positions.forEach((position, i) => plain.writeUIntBE(position, i * BLOCK_BYTES + POSITION_AT, POSITION_BYTES));
  const blocks = cipher.encrypt(plain);
  const bytes = Buffer.allocUnsafe(positions.length * CURSOR_BYTES);
  for (let i = 0; i < positions.length; i++) {
    head.copy(bytes, i * CURSOR_BYTES);
    blocks.copy(bytes, i * CURSOR_BYTES + HEAD_BYTES, i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES);
  }
  const text = bytes.toString("base64url");
  return positions.map((_, i) => text.slice(i * CURSOR_CHARS, (i + 1) * CURSOR_CHARS));
}

function openBlock(cipher: ListCipher, block: Buffer): number | null {
  const plain = cipher.decrypt(block);
  return plain.subarray(0, POSITION_AT).some((byte) => byte !== 0)
    ? null
    : plain.readUIntBE(POSITION_AT, POSITION_BYTES);
}

function toUuid(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function fromUuid(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}
