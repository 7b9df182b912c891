import { describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error";
import { isLoopback } from "../../src/config/loopback";
import { readConfiguration } from "../../src/wiring/configuration";

const LOOPBACK = ["127.0.0.1", "127.255.1.2", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "localhost", "LocalHost"];
const OPEN = [
  "0.0.0.0",
  "::",
  "::ffff:10.0.0.1",
  "10.0.0.1",
  "128.0.0.1",
  "localhost.example.com",
  "tributary",
  "fe80::1",
];

describe("isLoopback", () => {
  it.each(LOOPBACK)("takes %s as loopback", (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each(OPEN)("takes %s as reachable from elsewhere", (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

const OFF = { SANDBOX: "off" };

describe("HOST", () => {
  it.each(LOOPBACK)("needs no permission for %s and turns the playground on", (host) => {
    expect(readConfiguration({ ...OFF, HOST: host })).toMatchObject({
      server: { host },
      playground: true,
      introspection: true,
    });
  });

  it.each(OPEN)("needs ALLOW_ANONYMOUS=true for %s", (host) => {
    const problem = "HOST: takes 127.0.0.0/8, ::1 or localhost while AUTH is none, unless ALLOW_ANONYMOUS=true";
    expect(() => readConfiguration({ ...OFF, HOST: host })).toThrow(new ConfigError([problem]));
    expect(() => readConfiguration({ ...OFF, HOST: host, ALLOW_ANONYMOUS: "false" })).toThrow(
      new ConfigError([problem]),
    );
  });

  it.each(OPEN)("turns the playground off on %s", (host) => {
    const config = readConfiguration({ ...OFF, HOST: host, ALLOW_ANONYMOUS: "true" });
    expect(config).toMatchObject({ server: { host }, playground: false, introspection: false });
  });

  it("leaves the playground to its variables where they are set", () => {
    const open = { ...OFF, HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true" };
    expect(readConfiguration({ ...open, PLAYGROUND: "on" })).toMatchObject({ playground: true, introspection: false });
    expect(readConfiguration({ INTROSPECTION: "off" })).toMatchObject({ playground: true, introspection: false });
  });

  it("drops brackets", () => {
    expect(readConfiguration({ HOST: "[::1]" }).server.host).toBe("::1");
  });
});
