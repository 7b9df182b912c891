import { describe, expect, it } from "@jest/globals";
import { toInstant, toInt, toText } from "../../src/domain/lenient";

describe("toInt", () => {
  it.each([
    [7, 7],
    [7.5, 8],
    [-2147483647, -2147483647],
    [2147483647, 2147483647],
    [2147483647.5, null],
    [Infinity, null],
    [0, 0],
    [2147483648, null],
    [NaN, null],
    [null, null],
    [undefined, null],
  ])("reads %p as %p", (value, whole) => {
    expect(toInt(value)).toBe(whole);
  });
});

describe("toInstant", () => {
  it.each([
    ["2024-05-20T10:00:00Z", new Date(Date.UTC(2024, 4, 20, 10))],
    ["2024-05-20", new Date(Date.UTC(2024, 4, 20))],
    ["2024-13-20", null],
    ["+012024-05-20T10:00:00Z", null],
    ["5", null],
    ["soon", null],
    ["", null],
    [null, null],
    [undefined, null],
  ])("reads %p as %p", (value, instant) => {
    expect(toInstant(value)).toEqual(instant);
  });
});

describe("toText", () => {
  it.each([
    [" Acme ", "Acme"],
    ["  ", null],
    ["", null],
    [null, null],
    [undefined, null],
  ])("reads %p as %p", (value, text) => {
    expect(toText(value)).toBe(text);
  });
});
