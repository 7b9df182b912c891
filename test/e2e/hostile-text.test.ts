import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestApp, type TestApp } from "../support/test-app";

declare global {
  /** Set by the text of an attack, where that text runs as code. */
  var ranAsCode: boolean | undefined;
}

/** A string literal that a compiler of queries once wrote into the source it compiled. */
const ATTACK = "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.ranAsCode=true";

/** The attack wherever a document can hold a text. */
const DOCUMENTS = {
  argument: `{ company(domain: "${ATTACK}") { id } }`,
  "block string": `{ company(domain: """${ATTACK}""") { id } }`,
  "list of ids": `{ nodes(ids: ["${ATTACK}"]) { id } }`,
  cursor: `{ recommendations(externalUserId: "u1", after: "${ATTACK}") { nodes { id } } }`,
  "input object": `{ similarCompanies(companies: [{ domain: "${ATTACK}" }]) { nodes { id } } }`,
  "variable default": `query ($domain: String = "${ATTACK}") { company(domain: $domain) { id } }`,
  representation: `{ _entities(representations: [{ __typename: "Company", domain: "${ATTACK}" }]) { __typename } }`,
};

let app: TestApp;

afterEach(async () => {
  globalThis.ranAsCode = undefined;
  await app.stop();
});

describe("a text of a request", () => {
  it.each(Object.entries(DOCUMENTS))("is never code: %s", async (_, document) => {
    app = await startTestApp();
    for (let time = 1; time <= 4; time += 1) await app.send(document);
    expect(globalThis.ranAsCode).toBeUndefined();
  });
});
