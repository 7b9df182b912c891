import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { startTestApp, type TestApp } from "../support/test-app";

const README = readFileSync(join(__dirname, "../../README.md"), "utf8");

let app: TestApp;
afterEach(() => app.stop());

/** The first block of code in that language. */
function block(language: "graphql" | "json"): string {
  return present(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "ms").exec(README)?.[1]);
}

describe("README.md", () => {
  it("begins with a query that a fresh sandbox answers as it is printed", async () => {
    app = await startTestApp({ providers: [], env: { SANDBOX: "on" } });
    const { status, ...answer } = await app.send(block("graphql"));
    expect({ status, answer }).toEqual({ status: 200, answer: JSON.parse(block("json")) as unknown });
  });
});
