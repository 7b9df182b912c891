import { afterEach, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/test-app";

let app: TestApp;
let lines: Readonly<Record<string, unknown>>[];

afterEach(() => app.stop());

const SEEDS = ["acme.com", "b.com", "c.com", "d.com", "e.com"].map((domain) => `{ domain: "${domain}" }`);
const ALIKE = `similarCompanies(companies: [${SEEDS.join()}], first: 5)`;

async function start(): Promise<void> {
  lines = [];
  app = await startTestApp({
    providers: ["LUSHA"],
    lusha: { minLookalikeSeeds: 1, errorEnvelope: "flat" },
    env: { LUSHA_API: "lookalikes" },
    log: (line) => lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>),
  });
}

function providerLines(): readonly unknown[] {
  return lines
    .filter(({ operation }) => operation === "similarCompanies")
    .map((line) =>
      Object.fromEntries(Object.entries(line).filter(([name]) => !["time", "pid", "hostname"].includes(name))),
    );
}

async function metrics(): Promise<string> {
  return (await fetch(new URL("/metrics", app.url))).text();
}

it("one line and one count tell of each attempt, without a secret, a person or a company", async () => {
  await start();
  app.lusha.control.failNext({
    kind: "status",
    status: 400,
    body: { message: "seeds.domains: acme.com of jane@acme.com\nis not known to sandbox" },
  });
  await app.send(`{ ${ALIKE} { totalCount } }`);
  await app.send(`{ ${ALIKE} { totalCount } }`);
  const call = {
    provider: "LUSHA",
    operation: "similarCompanies",
    attempt: 1,
    durationMs: expect.any(Number),
  };
  expect(providerLines()).toEqual([
    {
      ...call,
      level: 40,
      status: 400,
      code: "PROVIDER_REJECTED_REQUEST",
      words: "seeds.domains: *** of *** is not known to ***",
      msg: "provider call failed",
    },
    { ...call, level: 20, status: 200, code: "OK", words: null, msg: "provider call" },
  ]);
  const counted = await metrics();
  for (const outcome of ["OK", "PROVIDER_REJECTED_REQUEST"]) {
    expect(counted).toContain(
      `tributary_provider_calls_total{provider="LUSHA",operation="similarCompanies",outcome="${outcome}"} 1`,
    );
  }
  expect(counted).toContain(
    `tributary_provider_call_duration_seconds_count{provider="LUSHA",operation="similarCompanies"} 2`,
  );
});

it("a line and a count tell of rows that were left out, and not what was in them", async () => {
  await start();
  app.lusha.control.failNext({
    kind: "shape",
    body: { dedupeSessionId: "d1", results: [{ domain: "a.com" }, "Jane Doe"], meta: { hasMore: false } },
  });
  await app.send(`{ ${ALIKE} { totalCount } }`);
  expect(providerLines()).toContainEqual({
    level: 40,
    provider: "LUSHA",
    operation: "similarCompanies",
    rows: 2,
    unread: 1,
    msg: "rows of a provider's answer cannot be read and are left out",
  });
  expect(await metrics()).toContain(
    `tributary_provider_rows_unread_total{provider="LUSHA",operation="similarCompanies"} 1`,
  );
  expect(JSON.stringify(lines)).not.toContain("Jane Doe");
});

it("a line of an attempt without an answer says what failed, and whether the request may have arrived", async () => {
  await start();
  app.lusha.control.failNext({ kind: "reset", when: "before" });
  await app.send(`{ ${ALIKE} { totalCount } }`);
  expect(providerLines()).toEqual([
    {
      level: 40,
      provider: "LUSHA",
      operation: "similarCompanies",
      attempt: 1,
      status: null,
      durationMs: expect.any(Number),
      code: "PROVIDER_OUTCOME_UNKNOWN",
      words: null,
      sent: true,
      cause: "ECONNRESET",
      msg: "provider call failed",
    },
  ]);
});
