import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startProxy, type Proxy } from "../support/proxy";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

const SAVE = `mutation { upsertICP(input: { externalUserId: "u1" }) { icp { externalUserId } userErrors { message } } }`;
const SAVED = { status: 200, data: { upsertICP: { icp: { externalUserId: "u1" }, userErrors: [] } } };

let proxy: Proxy;
let sandbox: Sandbox | null = null;
let app: TestApp;

beforeEach(async () => {
  proxy = await startProxy();
});

afterEach(async () => {
  await app.stop();
  await sandbox?.close();
  await proxy.close();
});

describe("PROVIDER_PROXY", () => {
  it("is the way of every provider call", async () => {
    app = await startTestApp({ env: { PROVIDER_PROXY: proxy.url } });
    expect(await app.send(SAVE)).toEqual(SAVED);
    expect([proxy.tunnels, callsOf(app.surfe)]).toEqual([[app.surfe.url.replace("http://", "")], ["icp"]]);
  });

  it("is not the way to the simulators of the sandbox", async () => {
    sandbox = await startSandbox();
    app = await startTestApp({ providers: [], sandbox, env: { SANDBOX: "on", PROVIDER_PROXY: proxy.url } });
    expect(await app.send(SAVE)).toEqual(SAVED);
    expect([proxy.tunnels, callsOf(sandbox.surfe)]).toEqual([[], ["icp"]]);
  });
});
