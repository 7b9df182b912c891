import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fastify, { type FastifyInstance } from "fastify";
import { registerExplorer } from "../../src/server/explorer";

let app: FastifyInstance;
let directory: string;
let log: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tributary-explorer-"));
  log = [];
  app = fastify({ logger: { level: "info", stream: { write: (line: string) => log.push(line) } } });
});

afterEach(async () => {
  await app.close();
  rmSync(directory, { recursive: true });
});

function messages(): readonly unknown[] {
  return log.map((line) => (JSON.parse(line) as { readonly msg: unknown }).msg);
}

describe("registerExplorer", () => {
  it("serves the page, which may load from its own origin only, and lets its files be kept", async () => {
    mkdirSync(join(directory, "assets"));
    writeFileSync(join(directory, "index.html"), "<title>the page</title>");
    writeFileSync(join(directory, "assets", "main-1a2b.js"), "run();");
    await registerExplorer(app, { directory });
    expect(messages()).toEqual(["the explorer is at /explorer/"]);

    expect((await app.inject("/explorer")).headers["location"]).toBe("/explorer/");
    const page = await app.inject("/explorer/");
    expect(page.body).toBe("<title>the page</title>");
    expect(page.headers).toMatchObject({
      "cache-control": "no-cache",
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    const file = await app.inject("/explorer/assets/main-1a2b.js");
    expect(file.body).toBe("run();");
    expect(file.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    expect((await app.inject("/explorer/..%2f..%2fetc/passwd")).statusCode).toBe(404);
  });

  it("goes without where none was built, and says what makes it", async () => {
    await registerExplorer(app, { directory });

    expect(messages()).toEqual([`there is no explorer in ${directory}: npm run build makes it`]);
    expect((await app.inject("/explorer/")).statusCode).toBe(404);
  });
});
