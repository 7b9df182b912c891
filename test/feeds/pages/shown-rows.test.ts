import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { FeedItem } from "../../../src/feeds/feed/feed-model";
import { clamp, forgottenBehind, recordedWindow, shown, shownIn, windowIn } from "../../../src/feeds/pages/shown-rows";
import { HEAD, NOW } from "../../support/fake-feed";

const feed = { ...HEAD, length: 8, folded: [2, 5] }; // shown: 0 1 3 4 6 7
const forward = { direction: "forward", after: null, before: null } as const;
const backward = { direction: "backward", after: null, before: null } as const;

function itemAt(position: number): FeedItem {
  return { position, subject: HEAD.id as FeedItem["subject"], content: null, recordedAt: NOW };
}

/** The positions of the rows that a request shows. */
function positions(request: Parameters<typeof windowIn>[1], of = feed): readonly number[] {
  const { from, to } = recordedWindow(of, clamp(windowIn(of, request), of));
  const recorded = Array.from({ length: to - from }, (_, i) => itemAt(from + i));
  return shown(of, recorded).map(({ position }) => position);
}

describe("rows of a feed that folded some", () => {
  it("are counted as they are shown", () => {
    expect([shownIn(feed), shownIn(HEAD), shownIn(null)]).toEqual([6, 0, 0]);
    expect(positions({ ...forward, count: 4 })).toEqual([0, 1, 3, 4]);
    expect(positions({ ...forward, count: 3, after: 3 })).toEqual([4, 6, 7]);
    expect(positions({ ...forward, count: 9, after: 7 })).toEqual([]);
    expect(positions({ ...backward, count: 3, before: 6 })).toEqual([1, 3, 4]);
    expect(positions({ ...forward, count: 9, after: 0, before: 7 })).toEqual([1, 3, 4, 6]);
    expect(positions({ ...backward, count: 2 }, { ...feed, closed: true })).toEqual([6, 7]);
  });

  it("leave a folded row's cursor its place between its neighbours", () => {
    expect(positions({ ...forward, count: 2, after: 2 })).toEqual([3, 4]);
    expect(positions({ ...backward, count: 2, before: 2 })).toEqual([0, 1]);
    expect(positions({ ...forward, count: 2, after: 5 })).toEqual([6, 7]);
  });

  it("are without those about forgotten people, too", () => {
    const both = { ...feed, forgotten: [3, 7] }; // shown: 0 1 4 6
    expect(shownIn(both)).toBe(4);
    expect(positions({ ...forward, count: 9 }, both)).toEqual([0, 1, 4, 6]);
    expect(positions({ ...forward, count: 2, after: 3 }, both)).toEqual([4, 6]);
    expect(positions({ ...backward, count: 2, before: 7 }, both)).toEqual([4, 6]);
    const behind = [null, 2, 3, 7].map((after) => forgottenBehind(both, { ...forward, count: 1, after }));
    expect([...behind, forgottenBehind(null, { ...forward, count: 1 })]).toEqual([2, 2, 1, 0, 0]);
  });

  it("are what is left of all rows, whatever the window", () => {
    fc.assert(
      fc.property(
        fc.nat(30).chain((length) => fc.tuple(fc.constant(length), fc.subarray(Array.from({ length }, (_, i) => i)))),
        fc.nat(12),
        fc.option(fc.nat(30)),
        ([length, folded], count, after) => {
          const of = { ...HEAD, length, folded };
          const left = Array.from({ length }, (_, i) => i).filter((position) => !folded.includes(position));
          const expected = left.filter((position) => after === null || position > after).slice(0, count);
          expect(positions({ ...forward, count, after: after !== null && after < length ? after : null }, of)).toEqual(
            after === null || after < length ? expected : left.slice(0, count),
          );
        },
      ),
    );
  });
});
