import { describe, expect, it } from "@jest/globals";
import { cleanWords, mentionsCredits, wordsOf } from "../../../src/providers/http/refusal";

describe("wordsOf", () => {
  it.each([
    [{ message: "a" }, "a"],
    [{ code: 400, message: "a" }, "a"],
    [{ error: { code: "X", message: "a" } }, "a"],
    [{ error: "a" }, "a"],
    [{ error: "Bad Request", message: ["a", "b"] }, "a"],
    [{ statusCode: 400, message: "a", errors: ["b"] }, "a"],
    [{ errors: [{ id: "1", code: "X", details: "a" }] }, "a"],
    [{ data: null, errors: [{ id: "1", code: "X" }, { message: "a" }] }, "a"],
    [{ errors: ["a"] }, "a"],
    [{ message: " ", error: { message: "a" } }, "a"],
    [{ message: { text: "a" }, errors: { message: "b" } }, null],
    [{ code: "X" }, null],
    [["a"], null],
    ["a", null],
    [null, null],
  ])("reads %j as %j", (body, words) => {
    expect(wordsOf(body)).toBe(words);
  });
});

describe("mentionsCredits", () => {
  it.each([
    [{ message: "Insufficient Credits" }, true],
    [{ code: "QUOTA_EXCEEDED", message: "Forbidden" }, true],
    [{ errors: [{ code: "no_credit" }] }, true],
    [{ message: "Invalid credentials", creditsLeft: 5 }, false],
    ["quota", false],
  ])("reads %j as %j", (body, mentioned) => {
    expect(mentionsCredits(body, wordsOf(body))).toBe(mentioned);
  });
});

describe("cleanWords", () => {
  it("leaves out control characters and line breaks", () => {
    expect(cleanWords(" a\u001b[31m\r\nb\u2028\u202ec\u0085 ", [])).toBe("a [31m b c");
  });

  it("cuts at 300 characters, and no character in two", () => {
    expect(cleanWords("😀".repeat(301), [])).toBe("😀".repeat(300));
  });

  it("leaves out secrets, those at the cut too", () => {
    expect(cleanWords(`${"x".repeat(298)}secret`, ["secret"])).toBe(`${"x".repeat(298)}**`);
  });

  it("gives nothing for nothing", () => {
    expect(cleanWords("\n\u0000", [])).toBeNull();
  });
});
