import { describe, expect, it } from "@jest/globals";
import { readLinkupRefusal, findLinkupRefusal } from "../../../src/providers/linkup/linkup.client";

const SESSION = "The LinkedIn session at LinkUp has expired";

describe("readLinkupRefusal", () => {
  it.each([
    [403, "cookie invalid", `${SESSION} (403).`],
    [403, "Session expired", `${SESSION} (403).`],
    [403, "login_token has expired", `${SESSION} (403).`],
    [null, "cookie invalid", `${SESSION}.`],
    [403, "Your API key has expired", null],
    [403, "api-key expired", null],
    [403, "Your subscription expired on Monday", null],
    [403, "Trial expired", null],
    [403, "Forbidden", null],
    [400, "cookie invalid", null],
    [403, 5, null],
  ])("reads %p with %j", (status, message, read) => {
    const refusal = readLinkupRefusal(status, { status: "error", message });
    expect(refusal?.message?.slice(0, read?.length) ?? null).toBe(read);
    expect(refusal?.code ?? null).toBe(read && "PROVIDER_CREDENTIALS_REJECTED");
  });
});

describe("findLinkupRefusal", () => {
  it.each([
    [{ status: "error", message: "no" }, { status: null }],
    [{ status: "success", data: {} }, null],
    [{}, null],
    [["error"], null],
    [null, null],
    [undefined, null],
  ])("finds a refusal in %j: %j", (body, found) => {
    expect(findLinkupRefusal(body)).toEqual(found);
  });
});
