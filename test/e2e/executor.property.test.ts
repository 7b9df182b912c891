import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, it } from "@jest/globals";
import fc from "fast-check";
import { buildSubgraph } from "../../src/graphql/federation/subgraph";
import { entityId } from "../../src/relay/global-id";
import type { EntityKey } from "../../src/domain/entity-key";
import { generateOperation } from "../support/generated-operations";
import { PAIR_NOW, startExecutorPair, type ExecutorPair } from "../support/executor-pair";
import { temporaryFolder } from "../support/server-process";
import type { TestApp } from "../support/test-app";
import { startTokenIssuer, type TokenIssuer } from "../support/token-issuer";

// Every answer of our executor is graphql-js's to the byte, and comes with the same provider calls. Two servers over
// simulators of their own are asked the same.

const RUNS = 1_000;
const TIMES = 3;
/** For callers that may do less, of whom there are several. */
const RUNS_BY_CALLERS = 600;

const schema = buildSubgraph();
const ids = ["Company:domain:surfe.com", "Company:domain:unknown.example", "Person:linkedin:johndoe"].map((key) =>
  entityId(key as EntityKey),
);

const VALUES = {
  first: [0, 1, 2, 5, 30, 101, -1, "2"],
  last: [1, 2],
  after: ["not a cursor"],
  before: ["not a cursor"],
  externalUserId: ["u1", "u1", "u2", "nobody", ""],
  id: [...ids, "x", 1],
  ids: [...ids, "x"],
  domain: ["surfe.com", "www.Surfe.com", "unknown.example", "not a domain"],
  linkedinUrl: ["https://www.linkedin.com/company/surfe", "linkedin.com/in/johndoe", "x"],
  lushaCompanyId: ["6504", "1"],
  locations: ["France", "Germany"],
  industries: ["Software"],
  jobTitles: ["sales"],
  _Any: [
    { __typename: "Company", domain: "surfe.com" },
    { __typename: "Person", linkedinUrl: "https://www.linkedin.com/in/johndoe" },
    { __typename: "Unknown" },
    7,
  ],
  DateTime: ["2026-01-01T00:00:00Z", "2026-11-20T00:00:00.000Z", "yesterday"],
  String: ["surfe", "ü", '"'],
  Boolean: [true, false, "true"],
};

/**
 * `profileOptions` makes one call a day. Beside a field whose error answers the operation at once, that call arrives before or after
 * the answer, whatever runs the operation. `spending` reads the database, so that calls of fields beside it arrive before or after
 * such an answer.
 */
const WITHOUT: ReadonlySet<string> = new Set(["Query._service", "Query.profileOptions", "Query.spending"]);

type Headers = Readonly<Record<string, string>>;

/** The scopes of the callers' keys; the names are the keys. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  all: ["read", "spend", "write", "users"],
  reader: ["read"],
  spender: ["read", "spend"],
  writer: ["read", "write"],
  "reader of all users": ["read", "users"],
  "who spends for all users": ["read", "spend", "users"],
  "who may only spend": ["spend"],
};

/** A provider that is out of credits for its next call; both servers meet it. */
function failNext(app: TestApp, seed: number): void {
  const simulators = [app.surfe, app.lusha, app.linkup, app.letrics];
  if (seed % 2 === 0) simulators[Math.abs(seed >> 1) % 4]?.control.failNext({ kind: "status", status: 402 });
}

const KEYED = {
  surfe: { apiKey: "sandbox" },
  lusha: { apiKey: "sandbox" },
  linkup: { apiKey: "sandbox", loginToken: "sandbox" },
  letrics: { apiKey: "sandbox" },
};

function toKey([key, scopes]: readonly [string, readonly string[]]): object {
  return { name: key, sha256: createHash("sha256").update(key).digest("hex"), scopes };
}

/** Runs `times` generated operations by each caller that is drawn. */
async function compareAll(pair: ExecutorPair, callers: readonly Headers[], times: number): Promise<void> {
  const property = fc.asyncProperty(fc.noShrink(fc.integer()), fc.constantFrom(...callers), async (seed, headers) => {
    const operation = generateOperation(schema, seed, { values: VALUES, without: WITHOUT });
    for (const app of pair.apps) failNext(app, seed);
    for (let time = 1; time <= TIMES; time += 1) await pair.compare(JSON.stringify(operation), headers);
  });
  await fc.assert(property, { numRuns: times });
}

describe("our executor", () => {
  let pair: ExecutorPair | null = null;
  let issuer: TokenIssuer | null = null;
  const folder = temporaryFolder();
  // Many operations are invalid on purpose. graphql-js reads the stack of each error, and jest has made stacks ten times as long.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 10;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
  afterEach(async () => {
    await pair?.stop();
    await issuer?.stop();
    [pair, issuer] = [null, null];
  });
  afterAll(() => folder.remove());

  it("answers as graphql-js does, with the same provider calls: first, again and from what is kept", async () => {
    pair = await startExecutorPair();
    await compareAll(pair, [{}], RUNS);
  }, 900_000);

  it("answers callers of each scope as graphql-js does, with the same provider calls", async () => {
    issuer = await startTokenIssuer("EdDSA");
    const file = join(folder.path, "tenants.json");
    writeFileSync(
      file,
      JSON.stringify({ tenants: [{ id: "acme", keys: Object.entries(SCOPES).map(toKey), providers: KEYED }] }),
    );
    const env = { AUTH: "api-key,jwt", TENANTS_FILE: file, ...issuer.env };
    pair = await startExecutorPair({ env, headers: { "x-api-key": "all" } });
    const exp = PAIR_NOW.getTime() / 1_000 + 3_600;
    const tokens = [];
    for (const claims of [
      { scope: "read" },
      { scope: "read spend" },
      { scope: "read spend write users" },
      { scope: "" },
    ])
      tokens.push(await issuer.sign({ sub: "u1", tenant: "acme", exp, ...claims }));
    const callers = [
      ...Object.keys(SCOPES).map((key) => ({ "x-api-key": key })),
      ...tokens.map((token) => ({ authorization: `Bearer ${token}` })),
    ];
    await compareAll(pair, callers, RUNS_BY_CALLERS);
  }, 900_000);
});
