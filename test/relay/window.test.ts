import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { InputError } from "../../src/domain/errors";
import { windowByMarks, windowOf, type PlacedRequest } from "../../src/relay/window";

function forward(count: number, after: number | null = null, before: number | null = null): PlacedRequest {
  return { direction: "forward", count, after, before };
}

function backward(count: number, after: number | null = null, before: number | null = null): PlacedRequest {
  return { direction: "backward", count, after, before };
}

describe("windowOf", () => {
  it.each([
    ["first: 3", forward(3), 0, 3],
    ["first: 30, past the end", forward(30), 0, 30],
    ["first: 0", forward(0), 0, 0],
    ["first: 3, after", forward(3, 4), 5, 8],
    ["first: 0, after", forward(0, 4), 5, 5],
    ["first: 3, before", forward(3, null, 7), 0, 3],
    ["first: 9, before", forward(9, null, 7), 0, 7],
    ["first: 3, before the first", forward(3, null, 0), 0, 0],
    ["first: 3, after, before", forward(3, 1, 7), 2, 5],
    ["first: 9, after, before", forward(9, 1, 7), 2, 7],
    ["first: 3, after, before its neighbour", forward(3, 4, 5), 5, 5],
    ["first: 3, after, before the same", forward(3, 4, 4), 5, 5],
    ["first: 3, after what is after before", forward(3, 7, 2), 8, 8],
    ["last: 3", backward(3), 7, 10],
    ["last: 30", backward(30), 0, 10],
    ["last: 0", backward(0), 10, 10],
    ["last: 3, before", backward(3, null, 7), 4, 7],
    ["last: 9, before", backward(9, null, 7), 0, 7],
    ["last: 0, before", backward(0, null, 7), 7, 7],
    ["last: 0, after", backward(0, 4), 10, 10],
    ["last: 0, after, before", backward(0, 1, 7), 7, 7],
    ["last: 3, after, before its neighbour", backward(3, 4, 5), 5, 5],
    ["first: 0, before", forward(0, null, 7), 0, 0],
    ["first: 0, after, before", forward(0, 1, 7), 2, 2],
    ["first: 3, after the last", forward(3, 9), 10, 13],
    ["last: 3, before the first", backward(3, null, 0), 0, 0],
    ["last: 3, after", backward(3, 4), 7, 10],
    ["last: 9, after", backward(9, 4), 5, 10],
    ["last: 3, after the last", backward(3, 9), 10, 10],
    ["last: 3, after, before", backward(3, 1, 7), 4, 7],
    ["last: 9, after, before", backward(9, 1, 7), 2, 7],
    ["last: 3, after what is after before", backward(3, 7, 2), 8, 8],
  ])("cuts %s of 10", (_, request, from, to) => {
    expect(windowOf(request, 10)).toEqual({ from, to });
  });

  it.each([
    ["first", forward(3, 4), 5, 8],
    ["first alone", forward(3), 0, 3],
    ["last with before", backward(3, null, 7), 4, 7],
    ["last with after and before", backward(3, 1, 7), 4, 7],
  ])("needs no end for %s", (_, request, from, to) => {
    expect(windowOf(request, null)).toEqual({ from, to });
  });

  it.each([
    ["last", backward(3)],
    ["last with after", backward(3, 4)],
    ["last: 0", backward(0)],
  ])("needs the end for %s", (_, request) => {
    expect(() => windowOf(request, null)).toThrow(
      new InputError(
        "`last` needs `before` here: the end of this list is not known yet. Page with `first` and `after`, or give `before`.",
      ),
    );
  });

  it("is what the Relay specification says, in every combination", () => {
    const place = fc.option(fc.integer({ min: 0, max: 9 }));
    const request = fc.record({
      direction: fc.constantFrom("forward" as const, "backward" as const),
      count: fc.integer({ min: 0, max: 12 }),
      after: place,
      before: place,
    });
    fc.assert(
      fc.property(request, (asked) => {
        const { from, to } = windowOf(asked, 10);
        const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        const between = rows.filter((row) => row > (asked.after ?? -1) && row < (asked.before ?? 10));
        const wanted =
          asked.direction === "forward"
            ? between.slice(0, asked.count)
            : between.slice(Math.max(0, between.length - asked.count));
        expect(rows.slice(from, to)).toEqual(wanted);
      }),
    );
  });
});

describe("windowByMarks", () => {
  const list = { members: [3, 5, 8, 9], markOf: (mark: number) => mark };

  it.each([
    ["first", forward(2), 0, 2],
    ["first, past the end", forward(9), 0, 4],
    ["first, after a member", forward(2, 5), 2, 4],
    ["first, after what is no member any more", forward(2, 4), 1, 3],
    ["first, after all", forward(2, 99), 4, 4],
    ["first, before a member", forward(9, null, 8), 0, 2],
    ["first, before what is no member any more", forward(9, null, 6), 0, 2],
    ["last", backward(2), 2, 4],
    ["last, before a member", backward(2, null, 9), 1, 3],
    ["last, before all", backward(2, null, 0), 0, 0],
    ["last, after a member", backward(9, 5), 2, 4],
    ["last, after what is no member any more", backward(9, 4), 1, 4],
    ["last, after all", backward(2, 99), 4, 4],
    ["last, before what is no member any more", backward(2, null, 6), 0, 2],
    ["last, between what is no member any more", backward(9, 4, 7), 1, 2],
    ["last, between neighbours", backward(9, 5, 8), 2, 2],
    ["last: 0", backward(0), 4, 4],
    ["first, after what came before all", forward(2, 0), 0, 2],
    ["first, between members", forward(9, 3, 9), 1, 3],
    ["first, between what is no member any more", forward(9, 4, 7), 1, 2],
    ["first, between what is no member any more, nothing left", forward(9, 6, 7), 2, 2],
    ["first, after what is after before", forward(9, 8, 4), 3, 3],
    ["first: 0, after a member", forward(0, 5), 2, 2],
  ])("cuts %s", (_, request, from, to) => {
    expect(windowByMarks(list, request)).toEqual({ from, to });
  });

  it("is empty for an empty list", () => {
    const none = { members: [], markOf: (mark: number) => mark };
    expect([windowByMarks(none, forward(5)), windowByMarks(none, backward(5, 1, 2))]).toEqual([
      { from: 0, to: 0 },
      { from: 0, to: 0 },
    ]);
  });
});
