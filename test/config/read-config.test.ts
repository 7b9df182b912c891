import { describe, expect, it } from "@jest/globals";
import { readConfig } from "../../src/config/read-config";

const DAY_MS = 86_400_000;
const COMMON = { apiKey: null, timeoutMs: 15_000, creditBudget: null, recheckAfterMs: 3_600_000 };

describe("readConfig", () => {
  it("has a default for everything", () => {
    expect(readConfig({})).toEqual({
      server: { host: "127.0.0.1", port: 4000 },
      database: { kind: "sqlite", path: "./data/tributary.db" },
      sandbox: true,
      providers: {
        surfe: {
          ...COMMON,
          baseUrl: "https://api.surfe.com",
          ratePerSecond: 10,
          burst: 20,
          feedMaxAgeMs: 3650 * DAY_MS,
          maxWindow: 200,
        },
        lusha: {
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
        linkup: {
          ...COMMON,
          baseUrl: "https://api.linkupapi.com",
          ratePerSecond: 5,
          burst: 5,
          feedMaxAgeMs: DAY_MS,
          loginToken: null,
          paging: "totals",
          maxResults: 300,
        },
        letrics: {
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
      cursorSecrets: null,
      playground: true,
      introspection: true,
      persistedOperations: null,
      limits: { depth: 15, aliases: 60, tokens: 5000, nodes: 20_000, providerCalls: 20, bodyBytes: 262_144 },
      logLevel: "info",
    });
  });

  it("takes an empty or blank value as unset, and drops white space around others", () => {
    const config = readConfig({ PORT: "", AUTH: "  ", TENANTS_FILE: "", SURFE_API_KEY: " ", MAX_DEPTH: " 7\n" });
    expect(config).toMatchObject({
      server: { port: 4000 },
      providers: { surfe: { apiKey: null } },
      limits: { depth: 7 },
    });
  });

  it("reads every setting of the server", () => {
    const config = readConfig({
      HOST: "::1",
      PORT: "0",
      DATABASE_URL: "file::memory:",
      SANDBOX: "off",
      AUTH: "none",
      ALLOW_ANONYMOUS: "true",
      JWT_TENANT_CLAIM: "tenant",
      PLAYGROUND: "off",
      INTROSPECTION: "off",
      LOG_LEVEL: "silent",
      MAX_DEPTH: "1",
      MAX_ALIASES: "2",
      MAX_TOKENS: "3",
      MAX_NODES: "4",
      MAX_PROVIDER_CALLS: "0",
      BODY_LIMIT_BYTES: "6",
    });
    expect(config).toMatchObject({
      server: { host: "::1", port: 0 },
      database: { kind: "sqlite", path: ":memory:" },
      sandbox: false,
      playground: false,
      introspection: false,
      limits: { depth: 1, aliases: 2, tokens: 3, nodes: 4, providerCalls: 0, bodyBytes: 6 },
      logLevel: "silent",
    });
  });

  it.each(["surfe", "lusha", "linkup", "letrics"] as const)("reads what all providers take for %s", (provider) => {
    const prefix = provider.toUpperCase();
    const { apiKey, ...rest } = readConfig({
      [`${prefix}_API_KEY`]: "key of the provider",
      [`${prefix}_BASE_URL`]: "http://127.0.0.1:8080/proxy/",
      [`${prefix}_TIMEOUT_MS`]: "1",
      [`${prefix}_RATE_PER_SECOND`]: "0.5",
      [`${prefix}_BURST`]: "2",
      [`${prefix}_CREDIT_BUDGET`]: "0",
      [`${prefix}_FEED_MAX_AGE`]: "P1W",
      [`${prefix}_RECHECK_AFTER`]: "PT0S",
    }).providers[provider];
    expect(apiKey?.reveal()).toBe("key of the provider");
    expect(rest).toMatchObject({
      baseUrl: "http://127.0.0.1:8080/proxy",
      timeoutMs: 1,
      ratePerSecond: 0.5,
      burst: 2,
      creditBudget: 0,
      feedMaxAgeMs: 7 * DAY_MS,
      recheckAfterMs: 0,
    });
  });

  it("reads each provider's own settings", () => {
    const { providers } = readConfig({
      SURFE_MAX_WINDOW: "2",
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
      surfe: { maxWindow: 2 },
      lusha: { api: "lookalikes", excludeForm: "ids", shortPageEnds: true, creditsPerResult: 0.25 },
      linkup: { paging: "pages", maxResults: 1 },
      letrics: {
        contactsPath: "/v1/people",
        companiesPath: "/v1/companies",
        method: "GET",
        personalEmailField: "has_personal_email",
      },
    });
    expect(providers.linkup.loginToken?.reveal()).toBe('li_at=1; JSESSIONID="ajax:2"');
  });

  it.each([
    ["file::memory:", ":memory:"],
    ["file:tributary.db", "tributary.db"],
    ["file:/var/lib/tributary.db", "/var/lib/tributary.db"],
    ["file:///var/lib/tributary.db", "/var/lib/tributary.db"],
    ["file:../a b.db", "../a b.db"],
  ])("reads the database %s", (url, path) => {
    expect(readConfig({ DATABASE_URL: url }).database).toEqual({ kind: "sqlite", path });
  });

  it("reads cursor secrets in their order, with and without padding", () => {
    const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(40, 255)];
    const list = `${a.toString("base64")} , ${b.toString("base64").replace(/=+$/, "")}`;
    expect(readConfig({ CURSOR_SECRET: list }).cursorSecrets?.reveal()).toEqual([a, b]);
  });

  it.each(["SURFE_API_KEY", "LUSHA_API_KEY", "LINKUP_API_KEY", "LETRICS_API_KEY"])(
    "turns the automatic sandbox off for %s alone",
    (name) => {
      const env = { [name]: "key", LETRICS_BASE_URL: "https://letrics.test" };
      expect(readConfig(env).sandbox).toBe(false);
      expect(readConfig({ ...env, SANDBOX: "on" }).sandbox).toBe(true);
    },
  );

  it("keeps the automatic sandbox on where there is a login token or base URL but no key", () => {
    expect(readConfig({ LINKUP_LOGIN_TOKEN: "t", LETRICS_BASE_URL: "https://letrics.test" }).sandbox).toBe(true);
  });
});
