import { afterEach, describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import { startSurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";
import { temporaryFolder } from "../support/server-process";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";
import { readPage } from "./read-page";

const FETCH = "/v2/recommendations/fetch";

let app: TestApp;
let folder: ReturnType<typeof temporaryFolder>;

afterEach(async () => {
  await app.stop();
  folder.remove();
});

/** With a profile of `u1`, and its first three companies read. */
async function start(apiKey: readonly string[] = ["sandbox"]): Promise<void> {
  folder = temporaryFolder();
  // In some tests, another account or another Surfe is charged afterwards.
  const options = { databasePath: join(folder.path, "surfe.db"), losesCharges: true };
  app = await startTestApp({ surfe: { companies: 30, apiKey }, ...options });
  await app.send(`mutation { upsertICP(input: { externalUserId: "u1" }) { icp { id } } }`);
  await read(3);
  app.surfe.control.clearCalls();
}

const list = (first: number) => `recommendations(externalUserId: "u1", first: ${String(first)})`;
const read = (first: number) => readPage(app, list(first));

describe("a profile that Surfe forgot", () => {
  it("is sent again, once, and the list goes on", async () => {
    await start();
    app.surfe.control.failNext({ kind: "status", status: 404, path: FETCH });
    expect(await read(6)).toMatchObject({ issues: [], hasNextPage: true });
    expect(callsOf(app.surfe)).toEqual(["fetch 2-6", "icp", "fetch 2-6"]);
  });

  it("is not sent twice where Surfe goes on to know nothing of it", async () => {
    await start();
    app.surfe.control.failAlways({ kind: "status", status: 404, path: FETCH });
    const { issues } = await read(6);
    expect(issues).toMatchObject([{ code: "PROVIDER_REJECTED_REQUEST" }]);
    expect(callsOf(app.surfe)).toEqual(["fetch 2-6", "icp", "fetch 2-6"]);
  });

  it("because the key is another user's is sent before anything is fetched", async () => {
    await start(["sandbox", "another"]);
    await app.restart({ SURFE_API_KEY: "another" });
    expect(await read(6)).toMatchObject({ issues: [] });
    expect(callsOf(app.surfe)).toEqual(["icp", "fetch 2-6"]);
  });

  it("because the address is another is sent there", async () => {
    await start();
    const elsewhere = await startSurfeSimulator({ companies: 30, rateLimit: null });
    await app.restart({ SURFE_BASE_URL: elsewhere.url });
    expect(await read(6)).toMatchObject({ issues: [] });
    expect([callsOf(elsewhere), callsOf(app.surfe)]).toEqual([["icp", "fetch 2-6"], []]);
    await elsewhere.close();
  });

  it("is not sent again after a mere restart", async () => {
    await start();
    await app.restart();
    expect(await read(6)).toMatchObject({ issues: [] });
    expect(callsOf(app.surfe)).toEqual(["fetch 2-6"]);
  });
});

describe("a refused fetch", () => {
  it("is told in Surfe's words", async () => {
    await start();
    app.surfe.control.failNext({
      kind: "status",
      status: 400,
      body: { code: 400, message: "pagination.to:\ntoo far" },
    });
    expect((await read(6)).issues).toEqual([
      {
        code: "PROVIDER_REJECTED_REQUEST",
        message: "Surfe rejected the request (400): pagination.to: too far",
        retryAfter: null,
      },
    ]);
  });
});
