import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp, type TestAppOptions } from "../../support/test-app";
import { newPostgresUrl } from "../../support/test-database";

const BUDGET = 100;
const DEMANDS = 50;

let apps: readonly TestApp[] = [];
afterEach(async () => {
  for (const app of [...apps].reverse()) await app.stop();
});

/** Processes on one database that call the simulator of the first. */
async function start(processes: number): Promise<TestApp> {
  const options: TestAppOptions = { providers: ["LUSHA"], databaseUrl: await newPostgresUrl(), losesAnswers: true };
  const env = { LUSHA_CREDIT_BUDGET: String(BUDGET) };
  const first = await startTestApp({ ...options, env });
  apps = [first];
  for (let i = 1; i < processes; i++) {
    const shared = { ...env, LUSHA_BASE_URL: first.lusha.url };
    apps = [...apps, await startTestApp({ ...options, env: shared })];
  }
  return first;
}

/** Ten rows of another list each: 500 credits in all. */
function demand(i: number): Promise<unknown> {
  const left = `exclude: [{ lushaCompanyId: "${String(i + 1)}" }]`;
  return (apps[i % apps.length] as TestApp).send(
    `{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], ${left}, first: 10) { nodes { id } } }`,
  );
}

describe("a budget of 100 credits", () => {
  it.each([1, 3])("is spent, and not passed, by fifty demands at once on %i processes", async (processes) => {
    const first = await start(processes);
    await Promise.all(Array.from({ length: DEMANDS }, (_, i) => demand(i)));
    expect(first.lusha.control.charged()).toBe(BUDGET);
    const { data } = await first.send("{ spending { credits unsettled } }");
    expect(data).toEqual({ spending: [{ credits: BUDGET, unsettled: 0 }] });
  });
});
