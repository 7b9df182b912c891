import { describe, expect, it } from "@jest/globals";
import { nextPage, placeAfter, toPlace, type LetricsPlace } from "../../../src/providers/letrics/letrics.pages";

/** A server with so many rows: how large a page it gives at most, and what it says of it. */
interface Server {
  readonly rows: number;
  readonly cap: number;
  readonly tellsSize: boolean;
  readonly tellsTotal: boolean;
}

/** Reads a list to its end. @returns the rows read, in order, each once; and how many calls that took. */
function readAll({ rows, cap, tellsSize, tellsTotal }: Server, wants: readonly number[]) {
  const read = new Set<number>();
  let place: LetricsPlace = toPlace(null);
  let calls = 0;
  for (let ended = false; !ended && calls < 100; calls++) {
    const page = nextPage(place, wants[Math.min(calls, wants.length - 1)] ?? 100);
    const size = Math.min(page.perPage, cap);
    const begin = (page.page - 1) * size;
    const given = Array.from({ length: Math.max(0, Math.min(size, rows - begin)) }, (_, i) => begin + i);
    given.forEach((row) => read.add(row));
    const answer = { rows: given, total: tellsTotal ? rows : null, perPage: tellsSize ? size : null };
    ({ place, ended } = placeAfter(place, page, answer));
  }
  return { read: [...read], calls };
}

const SERVERS = [50, 100, 30, 20, 37].flatMap((cap) => [
  { rows: 1_234, cap, tellsSize: true, tellsTotal: true },
  { rows: 1_234, cap, tellsSize: true, tellsTotal: false },
  { rows: 1_234, cap, tellsSize: false, tellsTotal: true },
]);

describe("a list of numbered pages", () => {
  it.each(SERVERS)("is read whole and in order: %j", (server) => {
    for (const wants of [[100], [25, 100], [25, 25, 25, 25, 100], [75, 30, 100]]) {
      const { read } = readAll(server, wants);
      expect(read).toEqual(Array.from({ length: server.rows }, (_, i) => i));
    }
  });

  it("takes the fewest calls that the server's pages allow", () => {
    const rows = 400;
    const told = { rows, tellsSize: true, tellsTotal: true };
    expect(readAll({ ...told, cap: 100 }, [100]).calls).toBe(4);
    expect(readAll({ ...told, cap: 50 }, [100]).calls).toBe(8);
    expect(readAll({ ...told, cap: 50, tellsSize: false }, [100]).calls).toBe(8);
  });

  it("ends with an empty page, whatever the total says", () => {
    const place = toPlace({ offset: 50, largest: 50 });
    const answer = { rows: [], total: 1_234, perPage: 50 };
    expect(placeAfter(place, { page: 2, perPage: 50 }, answer)).toEqual({ place, ended: true });
  });

  it("goes on past a page that lacks rows while the total says that there are more", () => {
    const answer = { rows: Array<null>(48).fill(null), total: 120, perPage: 50 };
    expect(placeAfter(toPlace({ offset: 50 }), { page: 2, perPage: 50 }, answer)).toEqual({
      place: { offset: 100, largest: 100 },
      ended: false,
    });
  });

  it("asks for the size that divides where it stands", () => {
    expect(nextPage({ offset: 100, largest: 40 }, 100)).toEqual({ page: 5, perPage: 25 });
    expect(nextPage({ offset: 74, largest: 37 }, 100)).toEqual({ page: 3, perPage: 37 });
    expect(nextPage({ offset: 62, largest: 37 }, 100)).toEqual({ page: 3, perPage: 31 });
  });
});
