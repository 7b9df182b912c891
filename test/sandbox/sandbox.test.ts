import { describe, expect, it } from "@jest/globals";
import { startSandbox } from "../../src/sandbox/sandbox";
import { call } from "./support/http";
import { surfeClient } from "./support/surfe-client";

describe("startSandbox", () => {
  it("serves Surfe with its options, apart from any other sandbox", async () => {
    const one = await startSandbox({ surfe: { companies: 3 } });
    const two = await startSandbox();
    await surfeClient(one.surfe.url).saveIcp({});
    expect(await surfeClient(one.surfe.url).domains(0, 10)).toHaveLength(3);
    expect((await surfeClient(two.surfe.url).fetchRows({ pagination: { from: 0, to: 1 } })).status).toBe(404);
    await Promise.all([one.close(), two.close()]);
  });

  it("closes at once, cutting calls that hang", async () => {
    const sandbox = await startSandbox();
    sandbox.surfe.control.failAlways({ kind: "hang" });
    const hanging = call(sandbox.surfe.url);
    await sandbox.surfe.control.whenCalled(1);
    await sandbox.close();
    expect((await hanging).error).toBe("socket hang up");
  });
});
