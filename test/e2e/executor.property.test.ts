import { afterAll, beforeAll, describe, it } from "@jest/globals";
import fc from "fast-check";
import { buildSubgraph } from "../../src/graphql/federation/subgraph";
import { entityId } from "../../src/relay/global-id";
import type { EntityKey } from "../../src/domain/entity-key";
import { generateOperation } from "../support/generated-operations";
import { startExecutorPair, type ExecutorPair } from "../support/executor-pair";
import type { TestApp } from "../support/test-app";

// Every answer of our executor is graphql-js's to the byte, and comes with the same provider calls. Two servers over
// simulators of their own are asked the same.

const RUNS = 1_000;
const TIMES = 3;

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

let pair: ExecutorPair;

beforeAll(async () => {
  pair = await startExecutorPair();
}, 300_000);
afterAll(() => pair.stop());

/** A provider that is out of credits for its next call; both servers meet it. */
function failNext(app: TestApp, seed: number): void {
  const simulators = [app.surfe, app.lusha, app.linkup, app.letrics];
  if (seed % 2 === 0) simulators[Math.abs(seed >> 1) % 4]?.control.failNext({ kind: "status", status: 402 });
}

describe("our executor", () => {
  it("answers as graphql-js does, with the same provider calls: first, again and from what is kept", async () => {
    const property = fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
      const operation = generateOperation(schema, seed, { values: VALUES, without: WITHOUT });
      for (const app of pair.apps) failNext(app, seed);
      for (let time = 1; time <= TIMES; time += 1) await pair.compare(JSON.stringify(operation));
    });
    await fc.assert(property, { numRuns: RUNS });
  }, 900_000);
});
