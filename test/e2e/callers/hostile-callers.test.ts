import { createHash } from "node:crypto";
import { truncateSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { temporaryFolder } from "../../support/server-process";
import { startTestApp, type TestApp } from "../../support/test-app";

const keyOf = (key: string) => ({ name: key, sha256: createHash("sha256").update(key).digest("hex") });
const tenantWith = (...keys: readonly string[]) => ({
  id: "acme",
  keys: keys.map(keyOf),
  providers: { surfe: { apiKey: "sandbox" } },
});
const BODY = '{"query":"{ icp { externalUserId } }"}';
const ANSWERED = 200;

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let app: TestApp;
let lines: string[];

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder.path, "tenants.json");
  lines = [];
  writeFileSync(file, JSON.stringify({ tenants: [tenantWith("one", "clé 🔑", "constructor")] }));
  const env = { AUTH: "api-key", TENANTS_FILE: file };
  app = await startTestApp({ env, log: (line) => void lines.push(line) });
});
afterEach(async () => {
  await app.stop();
  folder.remove();
});

/** Sends the bytes of a request as they are, which `fetch` would not; the status of the answer. */
async function statusOf(headers: readonly string[], start = "POST /graphql HTTP/1.1"): Promise<number> {
  const { hostname, port, host } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  const body = start.startsWith("POST") ? BODY : "";
  const ofBody = body === "" ? [] : ["content-type: application/json", `content-length: ${String(body.length)}`];
  const head = [start, `host: ${host}`, "connection: close", ...ofBody, ...headers];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  const answer = await text(socket);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

describe("credentials", () => {
  it.each([
    ["a key of any UTF-8 text", ["x-api-key: clé 🔑"], ANSWERED],
    ["a key that is a name of Object", ["x-api-key: constructor"], ANSWERED],
    ["another name of Object", ["x-api-key: __proto__"], 401],
    ["an empty key", ["x-api-key:"], 401],
    ["an empty key beside a good bearer", ["x-api-key:", "authorization: Bearer one"], ANSWERED],
    ["a wrong key beside a good bearer", ["x-api-key: two", "authorization: Bearer one"], 401],
    ["two keys", ["x-api-key: one", "x-api-key: one"], 401],
    ["a good bearer after a wrong one", ["authorization: Bearer two", "authorization: Bearer one"], 401],
    ["a scheme without credentials", ["authorization: Bearer"], 401],
    ["two words", ["authorization: Bearer one two"], 401],
    ["a list of schemes", ["authorization: Basic x, Bearer one"], 401],
    ["credentials of 8 kB", [`authorization: Bearer ${"a".repeat(8_000)}`], 401],
    ["credentials of 8 kB of spaces", [`authorization: Bearer${" ".repeat(8_000)}x y`], 401],
    ["credentials of 100 kB", [`authorization: Bearer ${"a".repeat(100_000)}`], 431],
  ])("are checked: %s", async (_, headers, status) => {
    expect(await statusOf(headers)).toBe(status);
  });

  it.each([
    ["HEAD /graphql?query=%7Bproviders%7Bprovider%7D%7D HTTP/1.1", 401],
    ["GET /graphql?query=%7Bproviders%7Bprovider%7D%7D HTTP/1.1", 401],
    ["GET /graphql HTTP/1.1", 401],
    ["GET http://127.0.0.1/graphql?query=%7B__typename%7D HTTP/1.1", 401],
    ["POST /graphql/estimate HTTP/1.1", 401],
    ["GET //graphql HTTP/1.1", 404],
    ["GET /GRAPHQL HTTP/1.1", 404],
    ["OPTIONS /graphql HTTP/1.1", 405],
  ])("are needed by every way to the graph: %s", async (start, status) => {
    expect(await statusOf(["accept: text/html, application/json"], start)).toBe(status);
  });
});

describe("the tenants file", () => {
  const statusWith = async (key: string) => (await app.send("{ __typename }", {}, { "x-api-key": key })).status;

  it("may be half written, emptied or of another form when it is read: the tenants stay as they are", async () => {
    const whole = JSON.stringify({ tenants: [tenantWith("two")] });
    for (const length of [0, 1, whole.length >> 1, whole.length - 1]) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      app.reloadTenants();
      expect([await statusWith("one"), await statusWith("two")]).toEqual([200, 401]);
    }
    for (const content of ["null", '{"tenants":null}', `{"tenants":[{"id":"acme","__proto__":{"keys":[]}}]}`]) {
      writeFileSync(file, content);
      app.reloadTenants();
      expect([await statusWith("one"), await statusWith("two")]).toEqual([200, 401]);
    }
    expect(lines.filter((line) => line.includes("the tenants stay as they are"))).toHaveLength(7);
    writeFileSync(file, whole);
    app.reloadTenants();
    expect([await statusWith("one"), await statusWith("two")]).toEqual([401, 200]);
  });

  it("may name providers' secrets by any text: it is refused then, and the server goes on", async () => {
    for (const apiKey of ["env:toString", "env:__proto__", "file:\0", "file:/"]) {
      writeFileSync(file, JSON.stringify({ tenants: [{ ...tenantWith("two"), providers: { surfe: { apiKey } } }] }));
      app.reloadTenants();
    }
    expect([await statusWith("one"), await statusWith("two")]).toEqual([200, 401]);
    expect(lines.filter((line) => line.includes("the tenants stay as they are"))).toHaveLength(4);
  });

  it("may be gone: the tenants stay as they are", async () => {
    folder.remove();
    app.reloadTenants();
    expect(await statusWith("one")).toBe(200);
    expect(lines.join("\n")).toContain("its file cannot be read (ENOENT)");
  });
});
