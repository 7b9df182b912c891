import { describe, expect, it } from "@jest/globals";
import { InputError, NoRowsError, ProviderError } from "../../src/domain/errors";

describe("InputError", () => {
  it("blames the input, unless told what else", () => {
    expect(new InputError("no")).toMatchObject({ name: "InputError", message: "no", code: "BAD_USER_INPUT" });
    expect(new InputError("no", "CURSOR_INVALID").code).toBe("CURSOR_INVALID");
  });
});

describe("ProviderError", () => {
  it("knows nothing more unless told", () => {
    const error = new ProviderError("SURFE", "PROVIDER_UNAVAILABLE", "no");
    expect(error).toMatchObject({
      name: "ProviderError",
      provider: "SURFE",
      retryAfter: null,
      words: null,
      status: null,
    });
    expect("cause" in error).toBe(false);
  });

  it("keeps what it was told", () => {
    const cause = new Error("socket hang up");
    const retryAfter = new Date(0);
    const told = { retryAfter, words: "try later", status: 503, cause };
    expect(new ProviderError("SURFE", "PROVIDER_UNAVAILABLE", "no", told)).toMatchObject(told);
  });

  it.each([
    ["PROVIDER_NOT_CONFIGURED", false],
    ["PROVIDER_CREDENTIALS_REJECTED", false],
    ["PROVIDER_CREDITS_EXHAUSTED", false],
    ["PROVIDER_RATE_LIMITED", true],
    ["PROVIDER_SESSION_EXPIRED", false],
    ["PROVIDER_REJECTED_REQUEST", false],
    ["PROVIDER_UNAVAILABLE", true],
    ["PROVIDER_BAD_RESPONSE", false],
    ["PROVIDER_OUTCOME_UNKNOWN", false],
    ["CREDIT_BUDGET_EXCEEDED", true],
  ] as const)("tells of %s whether it is retryable: %p", (code, retryable) => {
    expect(new ProviderError("LUSHA", code, "no").retryable).toBe(retryable);
  });
});

describe("NoRowsError", () => {
  it("speaks with the words of the first failure", () => {
    const first = new ProviderError("SURFE", "PROVIDER_UNAVAILABLE", "Surfe is down.");
    const error = new NoRowsError([first, new ProviderError("LUSHA", "PROVIDER_NOT_CONFIGURED", "no key")]);
    expect(error).toMatchObject({ name: "NoRowsError", message: "Surfe is down.", cause: first });
  });
});
