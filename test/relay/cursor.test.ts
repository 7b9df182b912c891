import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { InputError } from "../../src/domain/errors";
import { tenantId } from "../../src/domain/tenant-id";
import { CursorSealer, isNamedList, listIdOf, refuseCursor } from "../../src/relay/cursor";
import { ACME_TENANT } from "../support/tenants";

const FEED = "01234567-89ab-4cde-8f01-23456789abcd";
const OTHER_FEED = "01234567-89ab-4cde-8f01-23456789abce";
const SECRET = Buffer.alloc(32, 1);
const NEXT_SECRET = Buffer.alloc(32, 2);
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. é";

const sealer = new CursorSealer([SECRET]);
const [cursor = "", next = ""] = sealer.forList(ACME_TENANT, FEED).seal([19, 42]); // with a "-" and a "_" in the first

const invalid = new InputError(
  "This is not a cursor of this connection. Pass an unchanged `cursor`, `startCursor` or `endCursor` of it.",
  "CURSOR_INVALID",
);

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof InputError ? error.code : error;
  }
}

describe("CursorSealer", () => {
  it("opens what it sealed", () => {
    expect([sealer.open(ACME_TENANT, cursor), sealer.open(ACME_TENANT, next)]).toEqual([
      { listId: FEED, position: 19 },
      { listId: FEED, position: 42 },
    ]);
  });

  it("seals any position up to 2^48 - 1, in 44 characters that need no escaping", () => {
    const positions = [0, 1, 255, 256, 2 ** 31, 2 ** 47, 2 ** 48 - 1];
    const cursors = sealer.forList(ACME_TENANT, FEED).seal(positions);
    expect(cursors.filter((one) => /^[\w-]{44}$/.test(one))).toHaveLength(7);
    expect(cursors.map((one) => sealer.open(ACME_TENANT, one).position)).toEqual(positions);
  });

  it("gives equal places equal cursors, also in another process", () => {
    expect(new CursorSealer([Buffer.alloc(32, 1)]).forList(ACME_TENANT, FEED).seal([19])).toEqual([cursor]);
    expect(cursor).toBe("AQEjRWeJq0zejwEjRWeJq80-pBWLgzYPej3sCybt_SRD");
  });

  it("seals no positions", () => {
    expect(sealer.forList(ACME_TENANT, FEED).seal([])).toEqual([]);
  });

  it("refuses every change of one character", () => {
    const changed = Array.from(cursor).flatMap((was, at) =>
      Array.from(ALPHABET)
        .filter((char) => char !== was)
        .map((char) => cursor.slice(0, at) + char + cursor.slice(at + 1)),
    );
    expect(changed).toHaveLength(44 * 69);
    expect(new Set(changed.map((one) => codeOf(() => sealer.open(ACME_TENANT, one))))).toEqual(
      new Set(["CURSOR_INVALID"]),
    );
  });

  it("refuses a cursor cut short, made longer, or put together from two", () => {
    const cut = Array.from(cursor, (_, length) => cursor.slice(0, length));
    const longer = [`${cursor}A`, `${cursor}AAAA`, `${cursor}=`, `${cursor} `, ` ${cursor}`, `${cursor}${next}`];
    const mixed = [`${cursor.slice(0, 24)}${next.slice(24, 34)}${cursor.slice(34)}`];
    expect(new Set([...cut, ...longer, ...mixed].map((one) => codeOf(() => sealer.open(ACME_TENANT, one))))).toEqual(
      new Set(["CURSOR_INVALID"]),
    );
  });

  it("refuses another tenant's, also where it has just been opened", () => {
    sealer.open(ACME_TENANT, cursor);
    expect(() => sealer.open(tenantId("acme2"), cursor)).toThrow(invalid);
  });

  it("refuses one whose list was exchanged", () => {
    const [other = ""] = sealer.forList(ACME_TENANT, OTHER_FEED).seal([19]);
    const exchanged = Buffer.concat([
      Buffer.from(other, "base64url").subarray(0, 17),
      Buffer.from(cursor, "base64url").subarray(17),
    ]);
    expect(() => sealer.open(ACME_TENANT, exchanged.toString("base64url"))).toThrow(invalid);
  });

  it("tells of which list a cursor is, and gives two lists no cursor in common", () => {
    const [other = ""] = sealer.forList(ACME_TENANT, OTHER_FEED).seal([19]);
    expect(sealer.open(ACME_TENANT, other)).toEqual({ listId: OTHER_FEED, position: 19 });
    expect(other.slice(24)).not.toBe(cursor.slice(24));
  });

  it("opens a page's cursors to their places", () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 }), { maxLength: 100 }),
        (listId, positions) => {
          const cursors = sealer.forList(ACME_TENANT, listId).seal(positions);
          expect(cursors.map((one) => sealer.open(ACME_TENANT, one))).toEqual(
            positions.map((position) => ({ listId, position })),
          );
          expect(sealer.forList(ACME_TENANT, listId).seal(positions)).toEqual(cursors);
        },
      ),
    );
  });

  it.each([-1, 2 ** 48])("seals no position %p", (position) => {
    expect(() => sealer.forList(ACME_TENANT, FEED).seal([position])).toThrow("out of range");
  });

  it("refuses another server's", () => {
    expect(() => new CursorSealer([NEXT_SECRET]).open(ACME_TENANT, cursor)).toThrow(invalid);
  });

  it("seals with the first secret and opens with all", () => {
    const rotated = new CursorSealer([NEXT_SECRET, SECRET]);
    expect(rotated.open(ACME_TENANT, cursor)).toEqual({ listId: FEED, position: 19 });
    const [fresh = ""] = rotated.forList(ACME_TENANT, FEED).seal([19]);
    expect(fresh).not.toBe(cursor);
    expect(new CursorSealer([NEXT_SECRET]).open(ACME_TENANT, fresh)).toEqual({ listId: FEED, position: 19 });
    expect(() => sealer.open(ACME_TENANT, fresh)).toThrow(invalid);
  });

  it("cannot seal without a secret", () => {
    expect(() => new CursorSealer([]).forList(ACME_TENANT, FEED)).toThrow(new RangeError("no cursor secret"));
  });
});

describe("listIdOf", () => {
  it("names a list by what it lists", () => {
    expect([listIdOf("profiles"), listIdOf("people of Company:domain:acme.com")]).toEqual([
      "d52fd337-f016-84a0-9206-3a040f14c508",
      "d83de90c-ce8e-8594-ba48-242098b147c8",
    ]);
  });
});

describe("isNamedList", () => {
  it("tells a list that has a name from a feed", () => {
    expect([isNamedList(listIdOf("profiles")), isNamedList(FEED)]).toEqual([true, false]);
  });
});

describe("refuseCursor", () => {
  it("says what to pass", () => {
    expect(() => refuseCursor()).toThrow(invalid);
  });
});
