import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startProcess, temporaryFolder } from "../support/server-process";

const PRINT_LOADED = join(__dirname, "../support/print-loaded.cjs");

/** What only some servers need, and where it is loaded from. */
const SELDOM = {
  kysely: /node_modules\/kysely\//,
  pg: /node_modules\/pg\//,
  "schema compilers": /node_modules\/@fastify\/(?:ajv|fast-json-stringify)-compiler\//,
  "static files": /node_modules\/@fastify\/static\//,
  "OpenTelemetry's SDK": /node_modules\/@opentelemetry\/sdk-trace-base\//,
  tokens: /dist\/server\/access\/tokens\.js$/,
};

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => folder.remove());

/** Starts a server, stops it, and says what of `SELDOM` it had loaded. */
async function loadedBy(env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const server = startProcess(folder.path, { NODE_OPTIONS: `--require ${JSON.stringify(PRINT_LOADED)}`, ...env });
  await server.printed(/ready at/);
  server.kill("SIGTERM");
  const { stdout } = await server.exited;
  const { loaded } = JSON.parse(/^\{"loaded":.*$/m.exec(stdout)?.[0] ?? "{}") as { readonly loaded: readonly string[] };
  return Object.entries(SELDOM).flatMap(([name, path]) => (loaded.some((one) => path.test(one)) ? [name] : []));
}

describe("a server loads", () => {
  it("what applies migrations where its database lacks one, and never again", async () => {
    expect(await loadedBy()).toEqual(["kysely"]);
    expect(await loadedBy()).toEqual([]);
  });

  it("what its configuration needs", async () => {
    const env = {
      AUTH: "jwt",
      JWT_JWKS_URL: "http://127.0.0.1:1/keys",
      JWT_ISSUER: "issuer",
      JWT_AUDIENCE: "audience",
      PLAYGROUND: "on",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:1/v1/traces",
    };
    expect(await loadedBy(env)).toEqual(["kysely", "static files", "OpenTelemetry's SDK", "tokens"]);
  });
});
