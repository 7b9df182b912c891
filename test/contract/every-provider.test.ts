import { afterEach, describe, expect, it } from "@jest/globals";
import { PROVIDERS, PROVIDER_NAMES, type Provider } from "../../src/domain/provider";
import type { Simulator } from "../../src/sandbox/simulator/simulator";
import { startTestApp, type TestApp, type TestAppOptions } from "../support/test-app";
import { failPage, readPage, spentAt } from "./read-page";

/** Each provider's list, and the rows that one call brings for them. */
const LISTS = {
  SURFE: { field: `recommendations(externalUserId: "u1", first: 5)`, rows: 5 },
  LUSHA: { field: `similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 5)`, rows: 5 },
  LINKUP: { field: "networkRecommendations(first: 10)", rows: 10 },
  LETRICS: { field: "companies(first: 25)", rows: 25 },
} as const;

/** Those that may be asked twice. */
const IS_SAFE = { SURFE: true, LUSHA: false, LINKUP: false, LETRICS: true } as const;

/** Words in the envelope of each provider. */
const REFUSAL: Readonly<Record<Provider, unknown>> = {
  SURFE: { code: 400, message: "no such thing" },
  LUSHA: { error: { code: 400, message: "no such thing" } },
  LINKUP: { status: "error", message: "no such thing" },
  LETRICS: { errors: [{ id: "invalid_input", code: 400, details: "no such thing" }] },
};

const NOON = new Date("2026-11-20T12:00:00.000Z");

let app: TestApp;
afterEach(() => app.stop());

async function start(provider: Provider, options: TestAppOptions = {}): Promise<Simulator> {
  app = await startTestApp({
    providers: [provider],
    surfe: { companies: 60 },
    linkup: { companies: 60 },
    letrics: { companies: 100 },
    now: () => NOON,
    ...options,
  });
  if (provider === "SURFE") await app.send(`mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`);
  const simulator = {
    SURFE: () => app.surfe,
    LUSHA: () => app.lusha,
    LINKUP: () => app.linkup,
    LETRICS: () => app.letrics,
  }[provider]();
  simulator.control.clearCalls();
  return simulator;
}

const list = (provider: Provider) => readPage(app, LISTS[provider].field);
const failure = (provider: Provider) => failPage(app, LISTS[provider].field);

/** Where the rows of an answer are. */
function withFirstRow(provider: Provider, body: unknown, row: unknown): unknown {
  const name = { SURFE: "companies", LUSHA: "companies", LINKUP: "recommendations", LETRICS: "data" }[provider];
  const fields = body as Readonly<Record<string, unknown>>;
  if (provider === "LINKUP") return { ...fields, data: replaced(fields["data"], name, row) };
  return replaced(fields, name, row);
}

function replaced(fields: unknown, name: string, row: unknown): unknown {
  const known = fields as Readonly<Record<string, readonly unknown[]>>;
  return { ...known, [name]: [row, ...(known[name] ?? []).slice(1)] };
}

describe.each(PROVIDERS)("%s", (provider) => {
  it.each([["no row"], [{}], [null], [[1]]])("loses no row beside one that cannot be read: %j", async (row) => {
    const { control } = await start(provider);
    const alter = (body: unknown) => withFirstRow(provider, body, row);
    control.failNext({ kind: "altered", alter: (answer) => ({ ...answer, body: alter(answer.body) }) });
    const { ids, issues } = await list(provider);
    expect(ids).toHaveLength(LISTS[provider].rows);
    expect(issues).toEqual([
      {
        code: "PROVIDER_BAD_RESPONSE",
        message: expect.stringMatching(
          new RegExp(`^1 of \\d+ rows that ${PROVIDER_NAMES[provider]} sent cannot be read`),
        ),
        retryAfter: null,
      },
    ]);
    expect(control.calls()).toHaveLength(2);
  });

  it("has its words told, in the error and in one log line for the attempt", async () => {
    const lines: string[] = [];
    const { control } = await start(provider, { log: (line) => lines.push(line) });
    lines.length = 0;
    control.failNext({ kind: "status", status: 400, body: REFUSAL[provider] });
    const { code, message } = await failure(provider);
    const words = provider === "LETRICS" ? "invalid_input: no such thing" : "no such thing";
    expect([code, message]).toEqual([
      "PROVIDER_REJECTED_REQUEST",
      `${PROVIDER_NAMES[provider]} rejected the request (400): ${words}`,
    ]);
    const attempts = lines.map((line) => JSON.parse(line) as object).filter((line) => "attempt" in line);
    expect(attempts).toMatchObject([
      { level: 40, provider, attempt: 1, status: 400, code: "PROVIDER_REJECTED_REQUEST", words },
    ]);
    expect(Object.keys(attempts[0] ?? {})).toEqual(expect.arrayContaining(["operation", "durationMs"]));
  });

  it("is not asked again before it may be, after a 503 with Retry-After", async () => {
    const { control } = await start(provider);
    control.failAlways({ kind: "status", status: 503, headers: { "retry-after": "60" } });
    expect(await failure(provider)).toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      retryAfter: "2026-11-20T12:01:00.000Z",
    });
    expect(control.calls()).toHaveLength(1);
  });

  it("is asked again after a 503 with RateLimit-Reset, as after any, where that is safe", async () => {
    const { control } = await start(provider);
    control.failNext({ kind: "status", status: 503, headers: { "ratelimit-reset": "60" } });
    if (IS_SAFE[provider]) expect(await list(provider)).toMatchObject({ issues: [] });
    else expect(await failure(provider)).toMatchObject({ code: "PROVIDER_UNAVAILABLE", retryAfter: null });
    expect(control.calls()).toHaveLength(IS_SAFE[provider] ? 2 : 1);
  });

  it("is asked again after a 408, where that is safe", async () => {
    const { control } = await start(provider);
    control.failNext({ kind: "status", status: 408 });
    if (IS_SAFE[provider]) expect(await list(provider)).toMatchObject({ issues: [] });
    else expect(await failure(provider)).toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect(control.calls()).toHaveLength(IS_SAFE[provider] ? 2 : 1);
  });
});

describe.each(["LUSHA", "LINKUP"] as const)("%s", (provider) => {
  it("may have charged for a call that was lost: its reservation counts against the budget", async () => {
    const credits = provider === "LUSHA" ? 5 : 1;
    const env = { [`${provider}_CREDIT_BUDGET`]: String(credits), [`${provider}_TIMEOUT_MS`]: "300" };
    const { control } = await start(provider, { env });
    control.failNext({ kind: "hang" });
    expect((await failure(provider)).code).toBe("PROVIDER_OUTCOME_UNKNOWN");
    expect((await failure(provider)).code).toBe("CREDIT_BUDGET_EXCEEDED");
    expect([control.calls().length, await spentAt(app, provider)]).toEqual([1, 0]);
  });
});

describe.each(["SURFE", "LETRICS"] as const)("%s", (provider) => {
  it("is charged once where the answer was lost, since it is asked again", async () => {
    const env = { [`${provider}_CREDIT_BUDGET`]: "10" };
    const { control } = await start(provider, { env });
    control.failNext({ kind: "reset", when: "after" });
    expect(await list(provider)).toMatchObject({ issues: [] });
    expect([control.calls().length, await spentAt(app, provider)]).toEqual([2, provider === "SURFE" ? 5 : 1]);
  });
});

describe.each([
  ["LUSHA", "{}", "this profile has no examples"],
  ["LINKUP", "{}", "has no recommendations by profile"],
  ["LETRICS", "{}", "industr"],
] as const)("%s", (provider, companies, message) => {
  it("is not asked for a profile that it cannot serve, and the message says what is missing", async () => {
    const { control } = await start(provider);
    await app.send(
      `mutation { upsertICP(input: { externalUserId: "u1", companies: ${companies} }) { userErrors { message } } }`,
    );
    const failed = await failPage(app, `recommendations(externalUserId: "u1", providers: [${provider}], first: 3)`);
    expect(failed).toMatchObject({ code: "PROVIDER_CANNOT_SERVE", message: expect.stringContaining(message) });
    expect(control.calls()).toEqual([]);
  });
});
