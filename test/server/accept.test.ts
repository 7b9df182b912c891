import { describe, expect, it } from "@jest/globals";
import { responseTypeFor } from "../../src/server/accept";

const JSON_TYPE = "application/json";
const GRAPHQL_TYPE = "application/graphql-response+json";

describe("responseTypeFor", () => {
  it.each([
    [undefined, JSON_TYPE],
    ["", JSON_TYPE],
    ["*/*", JSON_TYPE],
    ["application/*", JSON_TYPE],
    ["application/json", JSON_TYPE],
    ["Application/JSON; charset=UTF-8", JSON_TYPE],
    ["application/graphql-response+json", GRAPHQL_TYPE],
    ["application/graphql-response+json, application/json", GRAPHQL_TYPE],
    ["application/json, application/graphql-response+json", JSON_TYPE],
    ["application/json;q=0.9, application/graphql-response+json", GRAPHQL_TYPE],
    ["application/graphql-response+json;q=0.5, */*;q=0.1", GRAPHQL_TYPE],
    ["application/graphql-response+json, */*", GRAPHQL_TYPE],
    ["text/html, */*;q=0.8", JSON_TYPE],
    ["application/json;q=0, */*", GRAPHQL_TYPE],
    ["text/html", null],
    ["application/json;q=0", null],
    ["application/json; charset=iso-8859-1", null],
    ["multipart/mixed;deferSpec=20220824", null],
    ["multipart/mixed;deferSpec=20220824, application/json", JSON_TYPE],
  ])("is, for %s, %s", (accept, type) => {
    expect(responseTypeFor(accept)).toBe(type);
  });
});
