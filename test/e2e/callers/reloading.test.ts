import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { startProcess, temporaryFolder, type ServerProcess } from "../../support/server-process";

const READ_AGAIN = "the tenants file was read again";

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let server: ServerProcess;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, "tenants.json");
});
afterEach(async () => {
  server.kill("SIGKILL");
  await server.exited;
  folder.remove();
});

function writeKey(key: string): void {
  const sha256 = createHash("sha256").update(key).digest("hex");
  writeFileSync(file, JSON.stringify({ tenants: [{ id: "acme", keys: [{ name: "web", sha256 }], sandbox: true }] }));
}

async function start(): Promise<string> {
  server = startProcess(folder.path, { AUTH: "api-key", TENANTS_FILE: file });
  return server.printed(/(http:\/\/[^"\s]*\/graphql)/);
}

async function statusesOf(url: string): Promise<readonly number[]> {
  const body = JSON.stringify({ query: "{ __typename }" });
  const send = (key: string) =>
    fetch(url, { method: "POST", body, headers: { "content-type": "application/json", "x-api-key": key } });
  return Promise.all(["one", "two"].map((key) => send(key).then(({ status }) => status)));
}

it("the tenants file is read again when it changes", async () => {
  writeKey("one");
  const url = await start();
  expect(await statusesOf(url)).toEqual([200, 401]);
  writeKey("two");
  await server.printed(new RegExp(READ_AGAIN));
  expect(await statusesOf(url)).toEqual([401, 200]);
});

it("the tenants file is read again on SIGHUP, though it is as it was", async () => {
  writeKey("one");
  const url = await start();
  server.kill("SIGHUP");
  await server.printed(new RegExp(READ_AGAIN));
  expect(await statusesOf(url)).toEqual([200, 401]);
});
