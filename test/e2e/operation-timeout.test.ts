import { afterEach, describe, expect, it } from "@jest/globals";
import type { Provider } from "../../src/domain/provider";
import { deferred } from "../support/fake-feed";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const SAVE = `mutation ($input: UpsertICPInput!) {
  upsertICP(input: $input) { icp { externalUserId } userErrors { message } issues { provider code message } }
}`;
const INPUT = { externalUserId: "u1", companies: { primaryLocations: ["FR"] } };
const PAGE = `{ recommendations(externalUserId: "u1", first: 4) {
  nodes { providers } pageInfo { hasNextPage } issues { provider code message }
} }`;
const SIMILAR = `{ similarCompanies(companies: [{ lushaCompanyId: "6504" }], first: 5) { nodes { id } issues { code } } }`;
const LATE = "The operation's time was up (OPERATION_TIMEOUT_MS) before Surfe had answered.";

let app: TestApp;

afterEach(() => app.stop());

function start(...providers: readonly Provider[]): Promise<TestApp> {
  return startTestApp({ providers, env: { OPERATION_TIMEOUT_MS: "1500" }, losesAnswers: true });
}

describe("OPERATION_TIMEOUT_MS", () => {
  it("serves what was reached by then, and tells who had not answered", async () => {
    app = await start("SURFE", "LETRICS");
    await app.send(SAVE, { input: INPUT });
    await app.send("{ companies(first: 1) { totalCount } }");
    const held = deferred<undefined>();
    app.surfe.control.failNext({ kind: "hold", until: held.promise });
    const letrics = { providers: ["LETRICS"] };
    expect(await app.send(PAGE)).toEqual({
      status: 200,
      data: {
        recommendations: {
          nodes: [letrics, letrics, letrics, letrics],
          pageInfo: { hasNextPage: true },
          issues: [{ provider: "SURFE", code: "PROVIDER_UNAVAILABLE", message: LATE }],
        },
      },
    });
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 0-2"]);
    held.resolve(undefined);
  });

  it("is an error where nothing was reached", async () => {
    app = await start("SURFE");
    await app.send(SAVE, { input: INPUT });
    const held = deferred<undefined>();
    app.surfe.control.failNext({ kind: "hold", until: held.promise });
    const told = { provider: "SURFE", code: "PROVIDER_UNAVAILABLE" };
    expect(await app.send(PAGE)).toEqual({
      status: 200,
      data: { recommendations: null },
      errors: [
        {
          message: LATE,
          path: ["recommendations"],
          locations: expect.any(Array),
          extensions: { ...told, retryable: true, issues: [{ ...told, message: LATE, retryAfter: null }] },
        },
      ],
    });
    held.resolve(undefined);
  });

  it("leaves a call of Lusha's going that was sent, and its rows are recorded", async () => {
    app = await start("LUSHA");
    const held = deferred<undefined>();
    app.lusha.control.failNext({ kind: "hold", until: held.promise });
    const { data, errors } = await app.send(SIMILAR);
    expect(data).toEqual({ similarCompanies: null });
    expect(errors?.map(({ extensions }) => [extensions.code, extensions["retryable"]])).toEqual([
      ["PROVIDER_OUTCOME_UNKNOWN", false],
    ]);
    const again = app.send(SIMILAR);
    held.resolve(undefined);
    const id = { id: expect.any(String) };
    expect(await again).toEqual({
      status: 200,
      data: { similarCompanies: { nodes: [id, id, id, id, id], issues: [] } },
    });
    expect(app.lusha.control.calls()).toHaveLength(1);
  });

  it("saves a profile that Surfe has not taken by then", async () => {
    app = await start("SURFE");
    const held = deferred<undefined>();
    app.surfe.control.failNext({ kind: "hold", until: held.promise });
    expect(await app.send(SAVE, { input: INPUT })).toEqual({
      status: 200,
      data: {
        upsertICP: {
          icp: { externalUserId: "u1" },
          userErrors: [],
          issues: [
            {
              provider: "SURFE",
              code: "PROVIDER_UNAVAILABLE",
              message: `${LATE} The profile is saved here, and is sent before the next fetch.`,
            },
          ],
        },
      },
    });
    held.resolve(undefined);
    expect((await app.send(PAGE)).errors).toBeUndefined();
    expect(callsOf(app.surfe)).toEqual(["icp", "icp", "fetch 0-4"]);
  });
});
