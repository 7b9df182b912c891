import { describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error";
import { readConfiguration } from "../../src/wiring/configuration";

const DAY_MS = 86_400_000;
const COMMON = { apiKey: null, timeoutMs: 15_000, creditBudget: null };

describe("readConfiguration", () => {
  it("has a default for everything", () => {
    expect(readConfiguration({})).toEqual({
      server: { host: "127.0.0.1", port: 4000, allowedHosts: [] },
      database: { kind: "sqlite", path: "./data/tributary.db" },
      access: { kinds: [], tenantsFile: null, jwt: null, metricsToken: null, corsOrigins: null },
      tenants: null,
      sandbox: true,
      simulators: { latencyMs: 0, statuses: new Map() },
      providers: {
        SURFE: {
          ...COMMON,
          baseUrl: "https://api.surfe.com",
          ratePerSecond: 10,
          burst: 20,
          feedMaxAgeMs: 3650 * DAY_MS,
          recheckAfterMs: 3_600_000,
          maxWindow: 200,
        },
        LUSHA: {
          ...COMMON,
          baseUrl: "https://api.lusha.com",
          ratePerSecond: 25,
          burst: 25,
          feedMaxAgeMs: 30 * DAY_MS,
          api: "recommendations",
          excludeForm: "objects",
          shortPageEnds: false,
          creditsPerResult: 1,
        },
        LINKUP: {
          ...COMMON,
          baseUrl: "https://api.linkupapi.com",
          ratePerSecond: 5,
          burst: 5,
          feedMaxAgeMs: DAY_MS,
          timeoutMs: 60_000,
          loginToken: null,
          paging: "totals",
          maxResults: 300,
        },
        LETRICS: {
          ...COMMON,
          baseUrl: null,
          ratePerSecond: 5,
          burst: 5,
          feedMaxAgeMs: DAY_MS,
          contactsPath: "/contacts",
          companiesPath: "/companies",
          method: "POST",
          personalEmailField: "has_personal_emails",
        },
      },
      providerProxy: null,
      cursorSecrets: null,
      playground: true,
      introspection: true,
      persistedOperations: null,
      limits: {
        depth: 15,
        aliases: 60,
        tokens: 5000,
        nodes: 20_000,
        fields: 500_000,
        providerCalls: 20,
        timeoutMs: 60_000,
        bodyBytes: 262_144,
      },
      keep: { feedsMs: 180 * DAY_MS, ledgerMs: 3650 * DAY_MS },
      logLevel: "info",
      tracesUrl: null,
    });
  });

  it("takes an empty or blank value as unset, and drops white space around others", () => {
    const config = readConfiguration({ PORT: "", AUTH: "  ", TENANTS_FILE: "", SURFE_API_KEY: " ", MAX_DEPTH: " 7\n" });
    expect(config).toMatchObject({
      server: { port: 4000 },
      providers: { SURFE: { apiKey: null } },
      limits: { depth: 7 },
    });
  });

  it("reads every setting of the server", () => {
    const config = readConfiguration({
      HOST: "::1",
      PORT: "0",
      ALLOWED_HOSTS: "Graph.example.com, [::2],10.0.0.1",
      DATABASE_URL: "file::memory:",
      SANDBOX: "off",
      AUTH: "none",
      ALLOW_ANONYMOUS: "true",
      PLAYGROUND: "off",
      INTROSPECTION: "off",
      LOG_LEVEL: "silent",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318",
      KEEP_FEEDS: "PT1H",
      KEEP_LEDGER: "P31D",
      MAX_DEPTH: "1",
      MAX_ALIASES: "2",
      MAX_TOKENS: "3",
      MAX_NODES: "4",
      MAX_FIELDS: "5",
      MAX_PROVIDER_CALLS: "0",
      OPERATION_TIMEOUT_MS: "7",
      BODY_LIMIT_BYTES: "6",
    });
    expect(config).toMatchObject({
      server: { host: "::1", port: 0, allowedHosts: ["graph.example.com", "::2", "10.0.0.1"] },
      database: { kind: "sqlite", path: ":memory:" },
      sandbox: false,
      keep: { feedsMs: 3_600_000, ledgerMs: 31 * DAY_MS },
      playground: false,
      introspection: false,
      limits: { depth: 1, aliases: 2, tokens: 3, nodes: 4, fields: 5, providerCalls: 0, timeoutMs: 7, bodyBytes: 6 },
      logLevel: "silent",
      tracesUrl: "http://collector:4318/v1/traces",
    });
  });

  it("takes any Host where it listens beyond loopback and none is listed", () => {
    const open = { HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true", SURFE_API_KEY: "key" };
    const allowed = (env: Readonly<Record<string, string>>) => readConfiguration(env).server.allowedHosts;
    expect(allowed(open)).toBeNull();
    expect(allowed({ ...open, ALLOWED_HOSTS: "a.example" })).toEqual(["a.example"]);
    expect(allowed({ HOST: "::1" })).toEqual([]);
  });

  it.each([
    ["http://proxy.example:3128", "http://proxy.example:3128"],
    ["http://10.0.0.1:80/", "http://10.0.0.1:80"],
    ["http://[::1]:3128", "http://[::1]:3128"],
  ])("reads the proxy %s", (text, proxy) => {
    expect(readConfiguration({ PROVIDER_PROXY: text }).providerProxy).toBe(proxy);
  });

  it("takes plain HTTP to loopback, and beyond it where that is allowed", () => {
    const addressed = (env: Readonly<Record<string, string>>) => readConfiguration(env).providers.SURFE.baseUrl;
    expect(
      ["http://127.0.0.2:1", "http://localhost:2", "http://[::1]:3"].map((url) => addressed({ SURFE_BASE_URL: url })),
    ).toEqual(["http://127.0.0.2:1", "http://localhost:2", "http://[::1]:3"]);
    expect(addressed({ SURFE_BASE_URL: "http://surfe.internal", ALLOW_INSECURE_PROVIDERS: "true" })).toBe(
      "http://surfe.internal",
    );
  });

  it.each(["SURFE", "LUSHA", "LINKUP", "LETRICS"] as const)("reads what all providers take for %s", (provider) => {
    const { apiKey, ...rest } = readConfiguration({
      [`${provider}_API_KEY`]: "key of the provider",
      [`${provider}_BASE_URL`]: "http://127.0.0.1:8080/proxy/",
      [`${provider}_TIMEOUT_MS`]: "1",
      [`${provider}_RATE_PER_SECOND`]: "0.5",
      [`${provider}_BURST`]: "2",
      [`${provider}_CREDIT_BUDGET`]: "0",
      [`${provider}_FEED_MAX_AGE`]: "P1W",
    }).providers[provider];
    expect(apiKey?.reveal()).toBe("key of the provider");
    expect(rest).toMatchObject({
      baseUrl: "http://127.0.0.1:8080/proxy",
      timeoutMs: 1,
      ratePerSecond: 0.5,
      burst: 2,
      creditBudget: 0,
      feedMaxAgeMs: 7 * DAY_MS,
    });
  });

  it("reads each provider's own settings", () => {
    const { providers } = readConfiguration({
      SURFE_MAX_WINDOW: "2",
      SURFE_RECHECK_AFTER: "PT0S",
      LUSHA_API: "lookalikes",
      LUSHA_EXCLUDE_FORM: "ids",
      LUSHA_SHORT_PAGE_ENDS: "true",
      LUSHA_CREDITS_PER_RESULT: "0.25",
      LINKUP_LOGIN_TOKEN: 'li_at=1; JSESSIONID="ajax:2"',
      LINKUP_PAGING: "pages",
      LINKUP_MAX_RESULTS: "1",
      LETRICS_CONTACTS_PATH: "/v1/people",
      LETRICS_COMPANIES_PATH: "/v1/companies",
      LETRICS_METHOD: "GET",
      LETRICS_PERSONAL_EMAIL_FIELD: "has_personal_email",
    });
    expect(providers).toMatchObject({
      SURFE: { maxWindow: 2, recheckAfterMs: 0 },
      LUSHA: { api: "lookalikes", excludeForm: "ids", shortPageEnds: true, creditsPerResult: 0.25 },
      LINKUP: { paging: "pages", maxResults: 1 },
      LETRICS: {
        contactsPath: "/v1/people",
        companiesPath: "/v1/companies",
        method: "GET",
        personalEmailField: "has_personal_email",
      },
    });
    expect(providers.LINKUP.loginToken?.reveal()).toBe('li_at=1; JSESSIONID="ajax:2"');
  });

  it.each([
    ["file::memory:", ":memory:"],
    ["file:tributary.db", "tributary.db"],
    ["file:/var/lib/tributary.db", "/var/lib/tributary.db"],
    ["file:///var/lib/tributary.db", "/var/lib/tributary.db"],
    ["file:../a b.db", "../a b.db"],
  ])("reads the database %s", (url, path) => {
    expect(readConfiguration({ DATABASE_URL: url }).database).toEqual({ kind: "sqlite", path });
  });

  it.each([
    ["postgres://u:p%20w@h:5433/d?sslmode=verify-full&max=25", 25],
    ["postgresql://u@[::1]/d", 10],
    ["postgres:///d?host=/var/run/postgresql&user=u", 10],
  ])("reads PostgreSQL's address %s, and shows it to nobody", (url, max) => {
    const { database } = readConfiguration({ DATABASE_URL: url });
    expect(JSON.stringify(database)).toBe(`{"kind":"postgres","url":"[secret]","max":${String(max)}}`);
    expect(database.kind === "postgres" && database.url.reveal()).toBe(url);
  });

  it("reads cursor secrets in their order, with and without padding", () => {
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(40, 255)];
    const list = `${a.toString("base64")} , ${b.toString("base64").replace(/=+$/, "")}`;
    expect(readConfiguration({ CURSOR_SECRET: list }).cursorSecrets?.reveal()).toEqual([a, b]);
  });

  it.each(["SURFE_API_KEY", "LUSHA_API_KEY", "LINKUP_API_KEY", "LETRICS_API_KEY"])(
    "turns the automatic sandbox off for %s alone",
    (name) => {
      const env = { [name]: "key", LETRICS_BASE_URL: "https://letrics.test" };
      expect(readConfiguration(env).sandbox).toBe(false);
      expect(readConfiguration({ ...env, SANDBOX: "on" }).sandbox).toBe(true);
    },
  );

  it("keeps the automatic sandbox on where there is a login token or base URL but no key", () => {
    expect(readConfiguration({ LINKUP_LOGIN_TOKEN: "t", LETRICS_BASE_URL: "https://letrics.test" }).sandbox).toBe(true);
  });

  it("refuses what begins like a variable of ours and is none, and leaves other names alone", () => {
    const misspelt = ["SURFE_APIKEY", "LUSHA_RECHECK_AFTER", "MAX_DEEP", "JWT_", "KEEP_ALL", "SANDBOX_ON", "CORS_X"];
    const env = Object.fromEntries(misspelt.map((name) => [name, "secret"]));
    expect(() => readConfiguration({ ...env, TENANTS: "1", MAXIMUM: "1", HOSTNAME: "x", surfe_api_key: "1" })).toThrow(
      new ConfigError(misspelt.map((name) => `${name}: is no variable of Tributary; .env.example lists all there are`)),
    );
    expect(readConfiguration({ SURFE_APIKEY: " ", TENANTS_DIRECTORY: undefined })).toEqual(readConfiguration({}));
  });

  it("reads which simulators are down, and which answer another status", () => {
    const { simulators } = readConfiguration({ SANDBOX_LATENCY_MS: "250", SANDBOX_FAIL: "LUSHA, SURFE:402" });
    const statuses = new Map([
      ["LUSHA", 503],
      ["SURFE", 402],
    ]);
    expect(simulators).toEqual({ latencyMs: 250, statuses });
  });

  it("starts no sandbox beyond loopback by itself", () => {
    const open = { HOST: "0.0.0.0", ALLOW_ANONYMOUS: "true" };
    const problem =
      "SANDBOX: takes on or off while HOST is not loopback and no provider has a key: auto starts the simulators on loopback only";
    expect(() => readConfiguration(open)).toThrow(new ConfigError([problem]));
    expect(() => readConfiguration({ ...open, SANDBOX: "auto" })).toThrow(new ConfigError([problem]));
    expect(readConfiguration({ ...open, SANDBOX: "on" }).sandbox).toBe(true);
    expect(readConfiguration({ ...open, SANDBOX: "off" }).sandbox).toBe(false);
    expect(readConfiguration({ ...open, SURFE_API_KEY: "key" }).sandbox).toBe(false);
  });
});
