import { afterEach, expect, it } from "@jest/globals";
import { PROVIDERS } from "../../src/domain/provider";
import { startTestApp, type Answer, type TestApp } from "../support/test-app";
import { CASE_TABLE } from "./case-table";

let app: TestApp;
afterEach(() => app.stop());

interface Told {
  readonly code: string;
  readonly message: string;
}

/** Everything that an answer tells of, wherever it does. */
function toldIn({ data, errors = [] }: Answer<unknown>): readonly Told[] {
  return [...errors.map(({ extensions: { code }, message }) => ({ code, message })), ...issuesIn(data)];
}

function issuesIn(value: unknown): readonly Told[] {
  if (typeof value !== "object" || value === null) return [];
  if ("code" in value && "message" in value) return [value as Told];
  return Object.values(value).flatMap(issuesIn);
}

function simulators() {
  return [app.surfe, app.lusha, app.linkup, app.letrics];
}

it.each(CASE_TABLE)("$provider $name", async (row) => {
  let now = Date.UTC(2026, 10, 20, 12);
  app = await startTestApp({
    surfe: { companies: 60 },
    lusha: { companies: 400 },
    linkup: { companies: 60 },
    letrics: { companies: 100 },
    ...row.options,
    providers: PROVIDERS,
    now: () => new Date(now),
  });
  await row.prepare?.(app);
  for (const { control } of simulators()) control.clearCalls();

  const answer = await row.ask(app, (ms) => {
    now += ms;
  });
  expect(toldIn(answer)).toEqual(
    row.code === null
      ? []
      : [expect.objectContaining({ code: row.code, message: expect.stringContaining(row.message ?? "") })],
  );
  const calls = simulators().flatMap(({ control }) => control.calls());
  expect(calls.map(({ path }) => path.split("/").at(-1))).toEqual(row.calls);
  const { page } = (answer.data ?? {}) as { readonly page?: { readonly nodes: readonly unknown[] } | null };
  expect(page?.nodes.length).toBe(row.rows);
});
