import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fastify, { type FastifyInstance } from "fastify";
import { registerPlayground, sendPlayground, wantsPlayground } from "../../src/server/playground";

const browserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

let app: FastifyInstance;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "tributary-playground-"));
  mkdirSync(join(directory, "assets"));
  writeFileSync(join(directory, "index.html"), "<title>the page</title>");
  writeFileSync(join(directory, "index.html.gz"), gzipSync("<title>the page</title>"));
  writeFileSync(join(directory, "assets", "main-1a2b.js"), "run();");
  writeFileSync(join(directory, "assets", "main-1a2b.js.br"), brotliCompressSync("run();"));
  app = fastify();
  await registerPlayground(app, { directory });
  const answer = { graphql: true };
  app.all("/graphql", (request, reply) => (wantsPlayground(request) ? sendPlayground(reply) : reply.send(answer)));
});

afterAll(async () => {
  await app.close();
  rmSync(directory, { recursive: true });
});

describe("registerPlayground", () => {
  it("refuses a directory without a built page, and says what to do", async () => {
    await expect(registerPlayground(fastify(), { directory: "/nowhere" })).rejects.toThrow(
      "there is no playground in /nowhere: run npm run build, or set PLAYGROUND=off",
    );
  });

  it("lets assets be kept for a year", async () => {
    const response = await app.inject("/playground/assets/main-1a2b.js");

    expect(response.body).toBe("run();");
    expect(response.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": "application/javascript; charset=utf-8",
      "x-content-type-options": "nosniff",
    });
  });

  it("sends what was compressed at build time to browsers that take it", async () => {
    const url = "/playground/assets/main-1a2b.js";
    const { headers, rawPayload } = await app.inject({
      url,
      headers: { "accept-encoding": "gzip, deflate, br, zstd" },
    });
    expect(headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-encoding": "br",
      "content-type": "application/javascript; charset=utf-8",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
    });
    expect(brotliDecompressSync(rawPayload).toString()).toBe("run();");
    const page = await app.inject({ url: "/playground/", headers: { "accept-encoding": "gzip" } });
    expect(page.headers).toMatchObject({ "cache-control": "no-cache", "content-encoding": "gzip" });
  });

  it("serves the page under /playground/ too, and nothing outside its directory", async () => {
    expect((await app.inject("/playground")).headers["location"]).toBe("/playground/");
    expect((await app.inject("/playground/")).body).toBe("<title>the page</title>");
    expect((await app.inject("/playground/assets/other.js")).statusCode).toBe(404);
    expect((await app.inject("/playground/..%2f..%2fetc/passwd")).statusCode).toBe(404);
  });
});

describe("sendPlayground", () => {
  it("sends the page, which may load from its own origin only and is asked for again each time", async () => {
    const response = await app.inject({ url: "/graphql", headers: { accept: browserAccept } });

    expect(response.body).toBe("<title>the page</title>");
    expect(response.headers).toMatchObject({
      "cache-control": "no-cache",
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; " +
        "font-src 'self' data:; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      vary: "Accept, accept-encoding",
      "x-content-type-options": "nosniff",
    });
  });
});

describe("wantsPlayground", () => {
  it.each([
    [true, "a browser", browserAccept],
    [true, "HTML named, anything else by a wildcard", "text/html, */*"],
    [true, "HTML over JSON", "application/json;q=0.5, TEXT/HTML"],
    [false, "anything", "*/*"],
    [false, "no header", undefined],
    [false, "a GraphQL client", "application/graphql-response+json, application/json;q=0.9"],
    [false, "JSON over HTML", "text/html;q=0.5, application/json"],
    [true, "HTML before JSON", "text/html, application/json"],
    [false, "JSON before HTML", "application/json, text/html"],
    [false, "anything but HTML", "text/html;q=0, */*"],
    [false, "an image", "image/png"],
  ])("is %s for %s", async (wanted, _who, accept) => {
    const response = await app.inject({ url: "/graphql", headers: accept === undefined ? {} : { accept } });

    expect(response.body === "<title>the page</title>").toBe(wanted);
  });

  it.each([
    ["a query", "GET", "/graphql?query=%7Bproviders%7Bprovider%7D%7D"],
    ["a persisted query", "GET", "/graphql?extensions=%7B%7D"],
    ["a persisted document", "GET", "/graphql?documentId=a"],
    ["a POST", "POST", "/graphql"],
  ] as const)("is false for %s, whatever it accepts", async (_what, method, url) => {
    const response = await app.inject({ method, url, headers: { accept: browserAccept } });

    expect(response.json()).toEqual({ graphql: true });
  });
});
