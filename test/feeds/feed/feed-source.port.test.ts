import { describe, expect, it } from "@jest/globals";
import { unconfiguredSource } from "../../../src/feeds/feed/feed-source.port";
import { HEAD } from "../../support/fake-feed";

describe("unconfiguredSource", () => {
  it("costs nothing, and refuses", async () => {
    const source = unconfiguredSource("LUSHA", { maxAgeMs: 1, recheckAfterMs: null });
    expect([source.provider, source.callsFor(9), source.creditsFor(9, HEAD)]).toEqual(["LUSHA", 0, 0]);
    await expect(source.extend(HEAD, 1, new AbortController().signal)).rejects.toMatchObject({
      provider: "LUSHA",
      code: "PROVIDER_NOT_CONFIGURED",
      message: "Lusha is not configured here: it has no API key.",
    });
  });
});
