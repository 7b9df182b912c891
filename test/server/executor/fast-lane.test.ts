import { hash } from "node:crypto";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { parse } from "graphql";
import { fullAccess } from "../../../src/domain/access";
import { RequestContext } from "../../../src/graphql/context";
import type { GraphServices } from "../../../src/graphql/graph-services";
import { FastLane } from "../../../src/server/executor/fast-lane";
import { FragmentCache } from "../../../src/server/executor/fragment-cache";
import { QueryExecutor } from "../../../src/server/executor/query-executor";
import { OperationCheck } from "../../../src/server/limits/operation-check";
import { OperationLimiter } from "../../../src/server/limits/operation-limiter";
import { KnownOperations } from "../../../src/server/operations/known-operations";
import { NO_FACTS } from "../../support/request-facts";
import { ACME_TENANT } from "../../support/tenants";
import { calls, schema } from "./synthetic-schema";

let lane: FastLane;
let operations: KnownOperations;

beforeEach(() => {
  operations = new KnownOperations();
  lane = new FastLane({
    operations,
    executor: new QueryExecutor(schema, new FragmentCache(1_000)),
    operationCheck: new OperationCheck(new OperationLimiter(schema, LIMITS)),
    formatError: ({ message, locations }) => ({ message, ...(locations ? { locations } : {}) }),
  });
});

const LIMITS = { depth: 9, aliases: 9, nodes: 100, fields: 1_000, providerCalls: 9 };
const NAME = "query Name($id: ID!) { node(id: $id) { name } }";
const WHOLE_WAY = { answer: null, calls: [] };

interface Sent {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

function contextOf(): RequestContext {
  const services = { prices: {}, entities: { writes: () => 0 } } as unknown as GraphServices;
  return new RequestContext(fullAccess(ACME_TENANT), services, NO_FACTS, () => new AbortController().signal);
}

/** What is answered to a plain request for a text that Apollo Server has validated, and which resolvers ran. */
async function ask(text: string, { body = {}, headers = {} }: Sent = {}) {
  await operations.documentStore.set(hash("sha256", text), parse(text));
  calls.length = 0;
  const request = {
    headers: { "content-type": "application/json", ...headers },
    body: { query: text, variables: { id: "1" }, ...body },
  };
  const answer = await lane.answer(request, contextOf());
  return { answer: answer && [answer.contentType, answer.body.toString()], calls: [...calls] };
}

const JSON_TYPE = "application/json; charset=utf-8";
const GRAPHQL_TYPE = "application/graphql-response+json; charset=utf-8";
const BODY = '{"data":{"node":{"name":"“1”\\n\u2028"}}}\n';

describe("FastLane", () => {
  it.each([
    ["*/*", JSON_TYPE],
    ["application/json", JSON_TYPE],
    ["application/graphql-response+json", GRAPHQL_TYPE],
    ["application/graphql-response+json, application/json;q=0.9", GRAPHQL_TYPE],
  ])("answers who accepts %s", async (accept, type) => {
    expect((await ask(NAME, { headers: { accept } })).answer).toEqual([type, BODY]);
  });

  it.each<[string, Sent]>([
    ["another media type", { headers: { accept: "text/html" } }],
    ["a federated trace", { headers: { "apollo-federation-include-trace": "ftv1" } }],
    ["a body that is no JSON", { headers: { "content-type": "text/plain" } }],
    ["a persisted query", { body: { extensions: { persistedQuery: {} } } }],
    ["extensions of another shape", { body: { extensions: [] } }],
    ["parameters besides the usual", { body: { id: "1" } }],
    ["variables of another shape", { body: { variables: [] } }],
    ["an operation name of another shape", { body: { operationName: 1 } }],
    ["an operation that is not in the text", { body: { operationName: "Other" } }],
    ["variables that do not fit", { body: { variables: {} } }],
  ])("sends the whole way: %s", async (_, sent) => {
    expect(await ask(NAME, sent)).toEqual(WHOLE_WAY);
  });

  it("takes requests that name their client", async () => {
    const clientLibrary = { name: "@apollo/client", version: "4.3.8" };
    expect((await ask(NAME, { body: { extensions: { clientLibrary } } })).answer).toEqual([JSON_TYPE, BODY]);
    expect((await ask(NAME, { body: { extensions: null, operationName: "Name" } })).answer).toEqual([JSON_TYPE, BODY]);
  });

  it("sends the whole way what is over a limit", async () => {
    const names = Array.from({ length: 10 }, (_, i) => `a${i}: node(id: $id) { name }`);
    expect(await ask(`query ($id: ID!) { ${names.join(" ")} }`)).toEqual(WHOLE_WAY);
  });

  it("does not know what Apollo Server has not validated", async () => {
    const request = { headers: { "content-type": "application/json" }, body: { query: "{ cat { id } }" } };
    expect(await lane.answer(request, contextOf())).toBeNull();
  });

  it("tells errors before the data, with their places in the text that was sent", async () => {
    const answer = '{"errors":[{"message":"at the root","locations":[LOCATION]}],"data":{"rootError":null}}\n';
    const at = (line: number, column: number) =>
      answer.replace("LOCATION", `{"line":${String(line)},"column":${String(column)}}`);
    expect((await ask("{rootError}")).answer).toEqual([JSON_TYPE, at(1, 2)]);
    expect((await ask("{\n  rootError\n}")).answer).toEqual([JSON_TYPE, at(2, 3)]);
  });
});
