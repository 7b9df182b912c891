import { describe, expect, it } from "@jest/globals";
import { WireFetchAnswer } from "../../../src/providers/surfe/surfe.wire";

describe("WireFetchAnswer", () => {
  it("reads names however they are spelled, also such as objects have by themselves", () => {
    const text = `{
      "Companies": [
        { "__proto__": { "domain": "proto.com" }, "constructor": "text", "do-main": null, "DOMAIN": "acme.com", "domain": "late.com" }
      ],
      "pagination": { "has_more": true, "hasMore": false }
    }`;
    const { companies } = WireFetchAnswer.parse(JSON.parse(text));
    expect(companies).toEqual([{ proto: { domain: "proto.com" }, constructor: "text", domain: "acme.com" }]);
    expect(Object.getPrototypeOf(companies?.[0])).toBe(Object.prototype);
  });

  it("drops what nests deeper than any documented value, however deep it goes", () => {
    let deep: unknown = "end";
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? { Name: deep } : [deep];
    const { companies } = WireFetchAnswer.parse({ companies: [{ domain: "acme.com", more: deep }] });
    expect(companies).toMatchObject([{ domain: "acme.com", more: expect.anything() }]);
    expect(JSON.stringify(companies).length).toBeLessThan(200);
  });
});
