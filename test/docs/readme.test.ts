import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { present } from "../support/present";
import { startTestApp, type TestApp } from "../support/test-app";

const ROOT = join(__dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

let app: TestApp;
afterEach(() => app.stop());

/** The first block of code in that language. */
function block(language: "graphql" | "json"): string {
  return present(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "ms").exec(README)?.[1]);
}

/** The commands of the block of code that has `text`; each is one line. */
function commandsWith(text: string): readonly string[] {
  const blocks = README.match(/(?<=^```sh\n).*?(?=^```$)/gms) ?? [];
  return present(blocks.find((one) => one.includes(text)))
    .trimEnd()
    .split("\n");
}

/** Sends to the app what a curl command of the README would; the answer's status and body. */
async function run(command: string): Promise<unknown> {
  const headers = [...command.matchAll(/-H '([^:]+): ([^']*)'/g)].map(([, name = "", value = ""]): [string, string] => [
    name,
    value,
  ]);
  const body = present(/-d '([^']+)'/.exec(command)?.[1]);
  const response = await fetch(app.url, { method: "POST", headers: headers, body });
  return [response.status, await response.json()];
}

describe("README.md", () => {
  it("begins with a query that a fresh sandbox answers as it is printed", async () => {
    app = await startTestApp({ providers: [], env: { SANDBOX: "on" } });
    const { status, ...answer } = await app.send(block("graphql"));
    expect({ status, answer }).toEqual({ status: 200, answer: JSON.parse(block("json")) as unknown });
  });

  it("shows two tenants over the sandbox in three commands", async () => {
    const [start = "", ...curls] = commandsWith("TENANTS_FILE");
    const [, auth = "", file = ""] = present(/^AUTH=(\S+) TENANTS_FILE=(\S+) npm start$/.exec(start));
    app = await startTestApp({ providers: [], env: { AUTH: auth, TENANTS_FILE: join(ROOT, file) } });
    const answers = [];
    for (const command of curls) answers.push(await run(command));
    const wrong = await run(present(curls[0]).replace("acme-key", "other-key"));

    expect(answers).toEqual([
      [
        200,
        {
          data: { recommendations: { nodes: [{ company: { name: "Surfe" } }] } },
          extensions: {
            credits: { spent: 1, providers: [{ provider: "SURFE", calls: 1, spent: 1, recorded: 0, left: null }] },
          },
        },
      ],
      [200, { data: { spending: [] } }],
    ]);
    expect(wrong).toMatchObject([401, { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] }]);
  });
});
