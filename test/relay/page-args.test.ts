import { describe, expect, it } from "@jest/globals";
import { InputError } from "../../src/domain/errors";
import { toPageRequest } from "../../src/relay/page-args";

describe("toPageRequest", () => {
  it.each([
    [{}, { direction: "forward", count: 10, after: null, before: null }],
    [
      { first: null, after: null, last: null, before: null },
      { direction: "forward", count: 10, after: null, before: null },
    ],
    [
      { first: 0, after: "a", before: "b" },
      { direction: "forward", count: 0, after: "a", before: "b" },
    ],
    [{ first: 100 }, { direction: "forward", count: 100, after: null, before: null }],
    [
      { last: 0, after: "a", before: "b" },
      { direction: "backward", count: 0, after: "a", before: "b" },
    ],
    [
      { first: null, last: 2, after: "a" },
      { direction: "backward", count: 2, after: "a", before: null },
    ],
    [
      { last: null, first: 2, before: "b" },
      { direction: "forward", count: 2, after: null, before: "b" },
    ],
    [{ after: "" }, { direction: "forward", count: 10, after: "", before: null }],
    [{ last: 100 }, { direction: "backward", count: 100, after: null, before: null }],
  ])("reads %j", (args, request) => {
    expect(toPageRequest(args)).toEqual(request);
  });

  it.each([
    [{ first: -1 }, "`first` takes an integer from 0 to 100, but was -1."],
    [{ first: 101 }, "`first` takes an integer from 0 to 100, but was 101."],
    [{ first: 1.5 }, "`first` takes an integer from 0 to 100, but was 1.5."],
    [{ last: -1 }, "`last` takes an integer from 0 to 100, but was -1."],
    [{ first: NaN }, "`first` takes an integer from 0 to 100, but was NaN."],
    [{ first: Infinity }, "`first` takes an integer from 0 to 100, but was Infinity."],
    [{ last: 0.5 }, "`last` takes an integer from 0 to 100, but was 0.5."],
    [{ last: 101 }, "`last` takes an integer from 0 to 100, but was 101."],
    [{ first: 1, last: 1 }, "Give `first` or `last`, not both."],
    [{ first: 0, last: 0 }, "Give `first` or `last`, not both."],
  ])("refuses %j", (args, message) => {
    expect(() => toPageRequest(args)).toThrow(new InputError(message));
  });
});
