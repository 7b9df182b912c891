import { describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error";
import type { Environment } from "../../src/config/settings-reader";
import { readConfiguration, VARIABLE_NAMES } from "../../src/wiring/configuration";

const PROVIDERS = ["SURFE", "LUSHA", "LINKUP", "LETRICS"];
const DURATION =
  "takes an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P30D or PT1H, " +
  "at most P36500D (years and months are refused: their length varies)";
const BASE_URL = "takes an absolute http:// or https:// URL without query, fragment, user name and password";
const PATH = "takes a path that begins with one slash, without query and fragment";
const SECRETS = "takes one or more secrets separated by commas, each at least 32 bytes in base64";
const LONG = Buffer.alloc(32, 7).toString("base64");
const NOT_WHOLE = ["-1", "+1", "1.5", "1e3", "0x10", "1_000", "1 000", "ten", "NaN", "Infinity", "9007199254740993"];

const TABLE: readonly (readonly [names: readonly string[], rule: string, values: readonly string[]])[] = [
  [
    ["HOST"],
    "takes an IP address or a host name, without a port",
    ["127.0.0.1:80", "::1::", "127.0.0.256", "1234", "a b", "http://localhost", "a..b", "[::1", "[localhost]", "a/b"],
  ],
  [
    ["ALLOWED_HOSTS"],
    "takes IP addresses or host names without a port, with commas between them",
    ["a.example:80", "a.example,", ",", "https://a.example", "*.a.example", "a b"],
  ],
  [["PORT"], "takes a whole number, from 0 to 65535", [...NOT_WHOLE, "65536"]],
  [
    ["DATABASE_URL"],
    "takes file:PATH, file::memory: or postgres://USER:PASSWORD@HOST:PORT/DATABASE, " +
      "with ?sslmode= (disable, require, verify-ca, verify-full) and ?max= (connections, from 1 to 1000)",
    [
      "postgres://",
      "postgres://h",
      "postgres://h/",
      "postgres:///d",
      "postgres://h:x/d",
      "postgres://u:p@h/d?sslmode=prefer",
      "postgres://u:p@h/d?max=0",
      "postgres://u:p@h/d?max=1001",
      "postgres://u:p@h/d?max=",
      "mysql://h/d",
      "sqlite:x",
      "x.db",
      "file:",
      "file://h/x",
      "file:x?mode=ro",
    ],
  ],
  [["SANDBOX"], "takes auto, on or off", ["true", "ON"]],
  [["SANDBOX_LATENCY_MS"], "takes a whole number, from 0 to 600000", [...NOT_WHOLE, "600001"]],
  [
    ["SANDBOX_FAIL"],
    "takes providers with commas between them, each alone (down) or with a status from 400 to 599: NAME,NAME:402",
    ["lusha", "LUSHA,", "LUSHA:", "LUSHA:200", "LUSHA:4020", "LUSHA:503,LUSHA", "LUSHA SURFE", "LUSHA:down"],
  ],
  [["SANDBOX_FAIL"], "knows these simulators: SURFE, LUSHA, LINKUP, LETRICS", ["ACME", "LUSHA,ACME:402"]],
  [
    ["CURSOR_SECRET"],
    SECRETS,
    [
      "short",
      Buffer.alloc(31, 7).toString("base64"),
      `${LONG},`,
      `${LONG},c2hvcnQ=`,
      `${LONG}*`,
      `${LONG}${LONG}`,
      "!".repeat(44),
    ],
  ],
  [
    ["ALLOW_ANONYMOUS", "ALLOW_INSECURE_PROVIDERS", "LUSHA_SHORT_PAGE_ENDS", "OTEL_SDK_DISABLED"],
    "takes true or false",
    ["on", "1", "yes", "TRUE"],
  ],
  [
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"],
    "takes an http:// or https:// address",
    ["collector:4318", "grpc://collector:4317", "http://", "http:///v1/traces"],
  ],
  [
    ["PROVIDER_PROXY"],
    "takes http://host:port, without user name, password and path",
    [
      "proxy.example:3128",
      "https://proxy.example:3128",
      "http://proxy.example",
      "http://proxy.example:0",
      "http://proxy.example:65536",
      "http://user:word@proxy.example:3128",
      "http://proxy.example:3128/path",
      "http://:3128",
      "http://::1:3128",
      "socks5://proxy.example:1080",
    ],
  ],
  [
    ["SURFE_BASE_URL", "LUSHA_BASE_URL", "LINKUP_BASE_URL", "LETRICS_BASE_URL"],
    "takes https:// beyond loopback, unless ALLOW_INSECURE_PROVIDERS=true: the key would go out in clear text",
    ["http://api.example.com", "HTTP://10.0.0.1:8080", "http://localhost.example.com", "http://[2001:db8::1]/v1"],
  ],
  [["PLAYGROUND", "INTROSPECTION"], "takes on or off", ["true", "0", "auto"]],
  [["PERSISTED_OPERATIONS_FILE"], "its file cannot be read (ENOENT)", ["./nowhere/operations.json"]],
  [["LOG_LEVEL"], "takes fatal, error, warn, info, debug, trace or silent", ["verbose", "INFO", "30"]],
  [["AUTH"], "takes none, api-key, jwt, or api-key,jwt", ["basic", "jwt,", "none,jwt", "jwt,api-key"]],
  [
    ["JWT_JWKS_URL"],
    "takes an absolute https:// URL (http:// on loopback) without user name and password",
    ["keys.json", "http://id.example.com/keys", "https://user:word@id.example.com/keys", "ftp://127.0.0.1/keys"],
  ],
  [
    ["JWT_DEFAULT_SCOPES"],
    "takes some of read, spend, write, users, with commas between them",
    ["all", "read,", "read spend", "READ"],
  ],
  [
    ["CORS_ORIGINS"],
    "takes * or origins such as https://app.example.com, without a path, with commas between them",
    ["app.example.com", "https://app.example.com/", "https://a.example,*", "file://x", "https://a.example,"],
  ],
  [
    ["JWT_ISSUER", "JWT_AUDIENCE", "JWT_TENANT_CLAIM"],
    "takes printable ASCII characters without spaces",
    ["a b", "clé"],
  ],
  [["TENANTS_FILE"], "its file cannot be read (ENOENT)", ["./nowhere/tenants.json"]],
  [
    ["MAX_DEPTH", "MAX_TOKENS", "MAX_NODES", "MAX_FIELDS", "BODY_LIMIT_BYTES"],
    "takes a whole number, 1 or more",
    [...NOT_WHOLE, "0"],
  ],
  [["MAX_ALIASES", "MAX_PROVIDER_CALLS"], "takes a whole number, 0 or more", NOT_WHOLE],
  [["SURFE_MAX_WINDOW"], "takes a whole number, 2 or more", [...NOT_WHOLE, "0", "1"]],
  [["LUSHA_API"], "takes recommendations or lookalikes", ["Lookalikes", "both"]],
  [["LUSHA_EXCLUDE_FORM"], "takes objects or ids", ["id"]],
  [["LUSHA_CREDITS_PER_RESULT"], "takes a number, 0 or more", ["-1", "1.", ".5", "1e3", "one", "9".repeat(400)]],
  [["LINKUP_PAGING"], "takes totals or pages", ["total"]],
  [["LINKUP_MAX_RESULTS"], "takes a whole number, 1 or more", [...NOT_WHOLE, "0"]],
  [
    ["LETRICS_CONTACTS_PATH", "LETRICS_COMPANIES_PATH"],
    PATH,
    ["contacts", "//evil.test/x", "/a?b", "/a#b", "/a b", "/a\\b"],
  ],
  [["LETRICS_METHOD"], "takes POST or GET", ["post", "PUT"]],
  [
    ["LETRICS_PERSONAL_EMAIL_FIELD"],
    "takes a field name: letters, digits and underscores, beginning with a letter",
    ["__proto__", "a-b", "1a", "a b"],
  ],
  [
    ["LINKUP_LOGIN_TOKEN", "METRICS_TOKEN", ...PROVIDERS.map((p) => `${p}_API_KEY`)],
    "takes printable ASCII characters only",
    ["a\r\nx-other: b", "clé", "a\u0000b"],
  ],
  [
    PROVIDERS.map((p) => `${p}_BASE_URL`),
    BASE_URL,
    [
      "api.test",
      "/api",
      "ftp://api.test",
      "http:api.test",
      "https://",
      "https://api.test?a=b",
      "https://api.test/?",
      "https://api.test#a",
    ],
  ],
  [
    PROVIDERS.map((p) => `${p}_BASE_URL`),
    BASE_URL,
    ["https://u:p@api.test", "https://u@api.test", "https://a b.test", "http://[::1"],
  ],
  [
    ["OPERATION_TIMEOUT_MS", ...PROVIDERS.map((p) => `${p}_TIMEOUT_MS`)],
    "takes a whole number, from 1 to 2147483647",
    [...NOT_WHOLE, "0", "2147483648"],
  ],
  [PROVIDERS.map((p) => `${p}_RATE_PER_SECOND`), "takes a number, more than 0", ["0", "0.0", "-1", "1/2", "Infinity"]],
  [PROVIDERS.map((p) => `${p}_BURST`), "takes a whole number, 1 or more", [...NOT_WHOLE, "0"]],
  [PROVIDERS.map((p) => `${p}_CREDIT_BUDGET`), "takes a whole number, 0 or more", NOT_WHOLE],
  [
    ["SURFE_RECHECK_AFTER", "KEEP_FEEDS", "KEEP_LEDGER", ...PROVIDERS.map((p) => `${p}_FEED_MAX_AGE`)],
    DURATION,
    ["P1Y", "P1M", "30d", "3600", "PT"],
  ],
];

function problemsOf(env: Environment): readonly string[] {
  try {
    readConfiguration(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe("readConfiguration on a bad value", () => {
  const cases = TABLE.flatMap(([names, rule, values]) =>
    names.flatMap((name) => values.map((value) => ({ name, value, rule }))),
  );
  it.each(cases)("says what $name takes instead of $value", ({ name, value, rule }) => {
    const needed = { LETRICS_API_KEY: { LETRICS_BASE_URL: "https://letrics.test" }, TENANTS_FILE: { AUTH: "api-key" } };
    expect(problemsOf({ ...needed[name as keyof typeof needed], [name]: value })).toEqual([`${name}: ${rule}`]);
  });

  it("knows a bad value of every variable", () => {
    expect([...new Set(TABLE.flatMap(([names]) => names))].sort()).toEqual([...VARIABLE_NAMES].sort());
  });

  it("puts all problems into one message, those between variables too", () => {
    const env = { PORT: "x", HOST: "0.0.0.0", SANDBOX: "x", LETRICS_API_KEY: "key", SURFE_MAX_WINDOW: "1" };
    expect(() => readConfiguration(env)).toThrow(
      new ConfigError([
        "PORT: takes a whole number, from 0 to 65535",
        "SANDBOX: takes auto, on or off",
        "SURFE_MAX_WINDOW: takes a whole number, 2 or more",
        "HOST: takes 127.0.0.0/8, ::1 or localhost while AUTH is none, unless ALLOW_ANONYMOUS=true",
        "LETRICS_BASE_URL: is needed with LETRICS_API_KEY: this provider has no public base URL",
      ]),
    );
  });

  it("writes one problem a line under a heading", () => {
    expect(() => readConfiguration({ PORT: "x", LUSHA_API: "x" })).toThrow(
      expect.objectContaining({
        name: "ConfigError",
        message:
          "bad configuration:\n  PORT: takes a whole number, from 0 to 65535\n  LUSHA_API: takes recommendations or lookalikes",
      }),
    );
  });

  it("draws no conclusions from a variable that is itself bad", () => {
    expect(problemsOf({ HOST: "0.0.0.0", SANDBOX: "off", ALLOW_ANONYMOUS: "yes" })).toEqual([
      "ALLOW_ANONYMOUS: takes true or false",
    ]);
    expect(problemsOf({ HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true", SURFE_API_KEY: "é" })).toEqual([
      "SURFE_API_KEY: takes printable ASCII characters only",
    ]);
    expect(problemsOf({ LETRICS_API_KEY: "key", LETRICS_BASE_URL: "x" })).toEqual([`LETRICS_BASE_URL: ${BASE_URL}`]);
  });

  it("needs Letrics' base URL with its key, in the sandbox too", () => {
    const problem = "LETRICS_BASE_URL: is needed with LETRICS_API_KEY: this provider has no public base URL";
    expect(problemsOf({ LETRICS_API_KEY: "key" })).toEqual([problem]);
    expect(problemsOf({ LETRICS_API_KEY: "key", SANDBOX: "on" })).toEqual([problem]);
  });

  it("prints no value of any variable", () => {
    const env = Object.fromEntries(VARIABLE_NAMES.map((name, i) => [name, `gar\u0007bage${i}:é?`]));
    expect(() => readConfiguration(env)).toThrow(ConfigError);
    const named = problemsOf(env).map((problem) => problem.split(":")[0]);
    // The tenants file is read last.
    expect([...named].sort()).toEqual([...VARIABLE_NAMES].sort());
    expect(problemsOf(env).join("\n")).not.toMatch(/gar|bage/);
  });

  it("keeps values out of the error's other properties", () => {
    try {
      readConfiguration({ PORT: "hunter2", SURFE_API_KEY: "hünter2" });
      throw new Error("not refused");
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      expect(error.cause).toBeUndefined();
      expect(JSON.stringify(error) + String(error.stack)).not.toMatch(/h[uü]nter2/);
    }
  });
});
