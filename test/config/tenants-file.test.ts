import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error";
import { readConfiguration } from "../../src/wiring/configuration";

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tributary-tenants-"));
  file = join(directory, "tenants.json");
});
afterEach(() => rmSync(directory, { recursive: true }));

const HASH = "a".repeat(64);

function read(content: unknown, env: Readonly<Record<string, string>> = {}) {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return readConfiguration({ AUTH: "api-key", TENANTS_FILE: file, ...env });
}

function problemsOf(content: unknown, env: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    read(content, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe("TENANTS_FILE", () => {
  it("has keys, providers and limits of each tenant; the rest comes from the environment, secrets aside", () => {
    writeFileSync(join(directory, "secret"), "from a file\n");
    const env = { SURFE_API_KEY: "env", SURFE_BURST: "7", ACME_KEY: "from env", LINKUP_LOGIN_TOKEN: "env" };
    const { tenants, sandbox } = read(
      {
        tenants: [
          {
            id: "acme",
            keys: [{ name: "web", sha256: HASH, scopes: ["read"] }],
            providers: {
              surfe: { apiKey: "env:ACME_KEY", creditBudget: 500, feedMaxAge: "P1D" },
              lusha: { apiKey: `file:${join(directory, "secret")}`, ratePerSecond: 0.5 },
              linkup: { apiKey: "plain", loginToken: "session" },
            },
            requestsPerMinute: 600,
          },
          { id: "other", sandbox: true },
        ],
      },
      env,
    );
    const [acme, other] = tenants ?? [];
    expect(sandbox).toBe(true);
    expect([acme?.id, acme?.sandbox, acme?.requestsPerMinute, acme?.keys]).toEqual([
      "acme",
      false,
      600,
      [{ name: "web", sha256: HASH, scopes: new Set(["read"]) }],
    ]);
    expect(acme?.providers.SURFE).toMatchObject({ creditBudget: 500, burst: 7, feedMaxAgeMs: 86_400_000 });
    expect([
      acme?.providers.SURFE.apiKey?.reveal(),
      acme?.providers.LUSHA.apiKey?.reveal(),
      acme?.providers.LINKUP.loginToken?.reveal(),
      acme?.providers.LETRICS.apiKey,
    ]).toEqual(["from env", "from a file", "session", null]);
    expect([other?.sandbox, other?.providers.SURFE.apiKey, other?.providers.LINKUP.loginToken]).toEqual([
      true,
      null,
      null,
    ]);
  });

  it.each([
    ["[", "takes the path of a JSON file: an object with the list `tenants`, see docs/callers.md"],
    ["[]", "takes the path of a JSON file: an object with the list `tenants`, see docs/callers.md"],
    [{ tenants: [] }, "tenants: takes at least one tenant"],
    [{ tenants: [{ id: "acme" }], other: 1 }, 'has no field "other"'],
    [{ tenants: [{ id: "acme", key: 1 }] }, 'tenants[0]: has no field "key"'],
    [{ tenants: [{ id: "acme" }, { id: "acme" }] }, "tenants: takes each id once"],
    [{ tenants: [{ id: "acme", providers: { surf: {} } }] }, 'tenants[0].providers: has no field "surf"'],
    [{ tenants: [{ id: "acme", providers: { SURFE: {} } }] }, 'tenants[0].providers: has no field "SURFE"'],
    [{ tenants: [{ id: "acme", providers: { surfe: { key: 1 } } }] }, 'tenants[0].providers.surfe: has no field "key"'],
    [
      { tenants: [{ id: "acme", providers: { surfe: { apiKey: "env:NOT_SET" } } }] },
      "tenants[0].providers.surfe.apiKey: names a variable that is not set",
    ],
    [
      { tenants: [{ id: "acme", providers: { surfe: { apiKey: "file:/nowhere/key" } } }] },
      "tenants[0].providers.surfe.apiKey: names a file that cannot be read (ENOENT)",
    ],
    [
      { tenants: [{ id: "acme", providers: { surfe: { apiKey: "x", burst: "many" } } }] },
      "tenants[0].providers.surfe.burst: takes a whole number, 1 or more",
    ],
    [
      { tenants: [{ id: "acme", providers: { letrics: { apiKey: "x" } } }] },
      "tenants[0].providers.letrics.baseUrl: is needed with apiKey: this provider has no public base URL",
    ],
    ...["A".repeat(64), "a".repeat(63), "a".repeat(65), `${"a".repeat(63)}g`].map((sha256): [object, string] => [
      { tenants: [{ id: "acme", keys: [{ name: "web", sha256 }] }] },
      "tenants[0].keys[0].sha256: takes 64 hex digits in lower case",
    ]),
    [{ tenants: [{ id: "acme", sandbox: true, providers: {} }] }, "tenants[0]: takes sandbox or providers, not both"],
    ...["", "two\nlines", "nul\0", "half \ud83d", "x".repeat(101)].map((name): [object, string] => [
      { tenants: [{ id: "acme", keys: [{ name, sha256: HASH }] }] },
      "tenants[0].keys[0].name: takes a text of 1 to 100 characters, without control characters",
    ]),
    ...["toString", "__proto__"].map((name): [object, string] => [
      { tenants: [{ id: "acme", providers: { surfe: { apiKey: `env:${name}` } } }] },
      "tenants[0].providers.surfe.apiKey: names a variable that is not set",
    ]),
    [
      { tenants: [{ id: "acme", providers: { surfe: { apiKey: "file:/nul\0" } } }] },
      "tenants[0].providers.surfe.apiKey: names a file that cannot be read (ERR_INVALID_ARG_VALUE)",
    ],
    [
      '{"tenants":[{"id":"acme"',
      "takes the path of a JSON file: an object with the list `tenants`, see docs/callers.md",
    ],
    ["", "takes the path of a JSON file: an object with the list `tenants`, see docs/callers.md"],
    [
      {
        tenants: [
          { id: "acme", keys: [{ name: "a", sha256: HASH }] },
          { id: "b", keys: [{ name: "b", sha256: HASH }] },
        ],
      },
      "tenants: takes each sha256 once",
    ],
    [
      { tenants: [{ id: "acme", requestsPerMinute: 0 }] },
      "tenants[0].requestsPerMinute: takes a whole number, 1 or more",
    ],
  ])("says what is wrong with %j", (content, problem) => {
    expect(problemsOf(content)).toEqual([`TENANTS_FILE: ${problem}`]);
  });

  it("lists all problems of the file, and shows no value", () => {
    const keys = [{ name: "x", sha256: "hunter2", scopes: ["hunter3"] }];
    const problems = problemsOf({ tenants: [{ id: "Hunter 4", keys }] });
    expect(problems).toHaveLength(3);
    expect(problems.join("\n")).not.toMatch(/hunter/i);
  });

  it("needs AUTH, and is needed by api-key", () => {
    writeFileSync(file, JSON.stringify({ tenants: [{ id: "acme" }] }));
    expect(() => readConfiguration({ TENANTS_FILE: file })).toThrow(
      "AUTH: takes api-key, jwt, or api-key,jwt while TENANTS_FILE is set",
    );
    expect(() => readConfiguration({ AUTH: "api-key" })).toThrow("TENANTS_FILE: is needed while AUTH is api-key");
    expect(() => readConfiguration({ AUTH: "jwt" })).toThrow(
      "JWT_JWKS_URL: is needed while AUTH has jwt\n  JWT_ISSUER: is needed while AUTH has jwt\n  JWT_AUDIENCE: is needed while AUTH has jwt",
    );
  });

  it("lets the server listen beyond loopback", () => {
    const { server, sandbox } = read({ tenants: [{ id: "acme" }] }, { HOST: "0.0.0.0" });
    expect([server.host, sandbox]).toEqual(["0.0.0.0", false]);
  });
});
