import { expect, it } from "@jest/globals";
import { bytesOf } from "../../src/domain/bytes-of";

it("is more for longer texts and for more of them", () => {
  expect(bytesOf("1234")).toBe(28);
  expect([1, true, null, undefined].map(bytesOf)).toEqual([0, 0, 0, 0]);
  expect(bytesOf(new Date(0))).toBe(32);
  expect(bytesOf(["1234", 5])).toBe(32 + 8 + 28 + 8);
  expect(bytesOf({ name: "1234", inside: { list: [] }, none: null })).toBe(32 + 8 + 28 + 8 + (32 + 8 + 32) + 8);
});
