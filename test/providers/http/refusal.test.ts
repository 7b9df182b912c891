import { describe, expect, it } from "@jest/globals";
import {
  cleanWords,
  loggableWords,
  mentionsCredits,
  objectionsIn,
  interpretRefusal,
  textsIn,
  wordsOf,
} from "../../../src/providers/http/refusal";

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

describe("objectionsIn", () => {
  it.each([
    [{ message: "a" }, ["a"]],
    [{ message: ["a", "b"], error: "Bad Request" }, ["a", "b"]],
    [{ error: { message: ["a", "b"] } }, ["a", "b"]],
    [{ error: "a" }, ["a"]],
    [
      { message: "Validation failed", errors: [{ message: "a" }, { id: "x" }, "b", { details: "c", message: "d" }] },
      ["a", "b", "d"],
    ],
    [{ message: "a", errors: [] }, ["a"]],
    [{ message: "a", errors: { message: "b" } }, ["a"]],
    [{ code: "X" }, []],
    ["a", []],
  ])("reads %j as %j", (body, objections) => {
    expect(objectionsIn(body)).toEqual(objections);
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

describe("interpretRefusal", () => {
  const read = (status: number | null, message: string) =>
    interpretRefusal({ status, text: JSON.stringify({ message }) }, { provider: "LETRICS" }, ["sk-1234"]);

  it.each([
    [null, "Not enough credits", "PROVIDER_CREDITS_EXHAUSTED"],
    [null, "Too many requests", "PROVIDER_RATE_LIMITED"],
    [null, "Invalid API key", "PROVIDER_CREDENTIALS_REJECTED"],
    [null, "Service temporarily unavailable", "PROVIDER_UNAVAILABLE"],
    [null, "No such country", "PROVIDER_REJECTED_REQUEST"],
    [503, "No such country", "PROVIDER_UNAVAILABLE"],
    [429, "No such country", "PROVIDER_RATE_LIMITED"],
  ])("reads %p with %j as %s", (status, message, code) => {
    expect(read(status, message)).toMatchObject({ code, words: message });
  });

  it("ends the message of a rejected request with the provider's words, on one line and without secrets", () => {
    expect(read(400, "No such\ncountry: sk-1234").message).toBe(
      "Letrics rejected the request (400): No such country: ***",
    );
    expect(read(null, "x".repeat(400)).message).toBe(`Letrics rejected the request: ${"x".repeat(300)}`);
    expect(read(400, " ").message).toBe("Letrics rejected the request (400).");
  });
});

describe("loggableWords", () => {
  it("leaves out what was sent, and e-mail and web addresses", () => {
    const sent = { seeds: { domains: ["acme.com"], ids: [675851474] }, limit: 5 };
    const words = "seeds.domains: acme.com of jane@acme.org (675851474), see https://x.com/y and www.z.com: limit 5";
    expect(loggableWords(words, sent)).toBe("seeds.domains: *** of *** (***), see *** and *** limit 5");
  });
});

describe("textsIn", () => {
  it("finds names and values, only so deep", () => {
    expect(textsIn({ a: [{ b: "c", d: 1 }, null, true] })).toEqual(["a", "b", "c", "d", "1"]);
    expect(textsIn({ a: ["b"] }, false)).toEqual(["b"]);
    expect(textsIn({ a: { b: { c: "d" } } }, true, 2)).toEqual(["a", "b"]);
  });
});
