import { inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { Secret } from "../../src/settings/secret";
import { readConfiguration } from "../../src/wiring/configuration";

describe("Secret", () => {
  const secret = new Secret("hunter2");

  it("reveals its value on request", () => {
    expect(secret.reveal()).toBe("hunter2");
  });

  it.each([
    ["JSON", JSON.stringify({ secret }), '{"secret":"[secret]"}'],
    ["inspect", inspect({ secret }, { showHidden: true }), "{ secret: [secret] }"],
    ["a template", String(secret), "[secret]"],
    ["concatenation", ["", secret].join(""), "[secret]"],
  ])("hides its value from %s", (_, shown, expected) => {
    expect(shown).toBe(expected);
  });

  it("keeps every secret out of a logged configuration", () => {
    const cursorSecret = Buffer.alloc(32, "k").toString("base64");
    const config = readConfiguration({
      SURFE_API_KEY: "surfe-hunter2",
      LUSHA_API_KEY: "lusha-hunter2",
      LINKUP_API_KEY: "linkup-hunter2",
      LINKUP_LOGIN_TOKEN: "login-hunter2",
      LETRICS_API_KEY: "letrics-hunter2",
      LETRICS_BASE_URL: "https://letrics.test",
      CURSOR_SECRET: cursorSecret,
    });
    const shown = JSON.stringify(config) + inspect(config, { depth: null, showHidden: true });
    expect(shown).not.toContain("hunter2");
    expect(shown).not.toContain(cursorSecret);
    expect(shown).not.toContain("6b 6b");
    expect(shown).not.toContain("107,107");
    expect(config.providers.LINKUP.loginToken?.reveal()).toBe("login-hunter2");
  });
});
