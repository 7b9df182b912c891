import { describe, expect, it } from "@jest/globals";
import { findLetricsRefusal } from "../../../src/providers/letrics/letrics.wire";

describe("findLetricsRefusal", () => {
  it.each([
    [{ errors: [{ id: "invalid_input", code: 400, details: "no" }] }, { status: 400 }],
    [{ data: [], errors: [{ code: "429" }] }, { status: 429 }],
    [{ data: null, errors: [{ details: "no" }] }, { status: null }],
    [{ data: [], errors: [{ code: 200, details: "no" }] }, { status: null }],
    [{ data: [], errors: [{ code: "bad", details: "no" }] }, { status: null }],
    [{ data: [{ id: 1 }], errors: [{ code: 400 }] }, null],
    [{ data: [], errors: [] }, null],
    [{ data: [], errors: null }, null],
    [{ data: [] }, null],
    [[], null],
    [undefined, null],
  ])("finds a refusal in %j: %j", (body, found) => {
    expect(findLetricsRefusal(body)).toEqual(found);
  });
});
