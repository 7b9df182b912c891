import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { startBrowser } from "../support/browser";
import { temporaryFolder } from "../support/server-process";
import { startTestApp, type TestApp } from "../support/test-app";

// what the functions below find in the page that evaluates them
declare const localStorage: object;
declare const sessionStorage: object;
declare const document: { readonly cookie: string };
declare const __MONACO: { editor: { getModels(): { uri: { path: string }; getValue(): string }[] } };

// built by `npm run build`
const playgroundDirectory = join(__dirname, "../../dist/playground");
const explorerDirectory = join(__dirname, "../../dist/explorer");

const KEY = "acme-s3cret-key";
const NEEDED = "This server needs a key: every request without one is answered 401.";
const REFUSED = "The server refused this key (401): it is wrong, or has expired.";
const IN_USE = "Every request is sent with your key. It is kept until this page is closed or loaded again.";

let folder: ReturnType<typeof temporaryFolder>;
let app: TestApp;
let browser: Browser;
let closeBrowser: (() => Promise<void>) | undefined;
let context: BrowserContext;
let page: Page;
/** The credentials of the requests for the graph, in their order. */
let credentials: (string | null)[];
/** The addresses of all requests. */
let requests: string[];

beforeAll(async () => {
  folder = temporaryFolder();
  const file = join(folder.path, "tenants.json");
  const tenant = { id: "acme", keys: [{ name: "web", sha256: createHash("sha256").update(KEY).digest("hex") }] };
  writeFileSync(file, JSON.stringify({ tenants: [{ ...tenant, sandbox: true }] }));
  app = await startTestApp({
    providers: [],
    env: { AUTH: "api-key", TENANTS_FILE: file, PLAYGROUND: "on" },
    playgroundDirectory,
    explorerDirectory,
    losesAnswers: true,
  });
  ({ browser, close: closeBrowser } = await startBrowser());
}, 300_000);

afterAll(async () => {
  await closeBrowser?.();
  await app.stop();
  folder.remove();
});

beforeEach(async () => {
  credentials = [];
  requests = [];
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(60_000);
  context.on("request", (request) => {
    requests.push(request.url());
    if (request.method() === "POST" && new URL(request.url()).pathname.startsWith("/graphql"))
      credentials.push(request.headers()["authorization"] ?? null);
  });
  page = await context.newPage();
});

afterEach(() => context.close());

const form = () => page.getByRole("form", { name: "Key" });
const field = () => form().getByLabel("API key or token");

async function use(key: string): Promise<void> {
  credentials = [];
  await field().fill(key);
  await field().press("Enter");
}

/** Everything that the browser holds for the page beyond its memory, and all addresses that were asked for. */
async function kept(): Promise<string> {
  const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.cookie]));
  return JSON.stringify([stored, page.url(), requests, await context.storageState({ indexedDB: true })]);
}

async function execute(): Promise<string> {
  await page.getByRole("button", { name: "Execute query" }).click();
  const shown = await page.waitForFunction(() =>
    __MONACO.editor
      .getModels()
      .find((model) => model.uri.path.endsWith("response.json"))
      ?.getValue(),
  );
  return String(await shown.jsonValue());
}

describe("the playground of a server that needs a key", () => {
  it("says so, refuses a wrong key, and sends every request with the right one, kept in memory only", async () => {
    await page.goto(app.url);
    await form().getByText(NEEDED).waitFor();
    expect(credentials.filter((one) => one !== null)).toEqual([]);

    await use("wrong");
    await form().getByText(REFUSED).waitFor();
    expect(new Set(credentials)).toEqual(new Set(["Bearer wrong"]));

    await use(KEY);
    await page.getByText(IN_USE).waitFor();
    await page.getByRole("tab", { name: "Providers" }).click();
    await page.locator(".graphiql-query-editor .view-line", { hasText: "query Providers" }).first().waitFor();
    expect(JSON.parse(await execute())).toMatchObject({ data: { providers: [{}, {}, {}, {}] } });
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.locator(".graphiql-doc-explorer").getByRole("link", { name: "Query", exact: true }).waitFor();
    // A request with the wrong key may have been on its way.
    expect(credentials.slice(credentials.indexOf(`Bearer ${KEY}`))).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);

    // Both the tabs and the history are kept a moment later.
    await page.waitForFunction(() => JSON.stringify(localStorage).includes('\\"activeTabIndex\\":4'));
    expect(await kept()).not.toContain(KEY);
    await page.reload();
    await form().getByText(NEEDED).waitFor();
  });

  it("forgets the key when told to, and sends nothing that is no key", async () => {
    await page.goto(app.url);
    await use(KEY);
    await page.getByRole("button", { name: "Forget the key" }).click();
    await form().getByText(NEEDED).waitFor();
    expect(await field().inputValue()).toBe("");

    await use("Bearer two words");
    expect(
      await field().evaluate(
        (input: unknown) => (input as { validity: { patternMismatch: boolean } }).validity.patternMismatch,
      ),
    ).toBe(true);
    expect(credentials).toEqual([]);
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await execute();
    expect((await answered).status()).toBe(401);
    expect(credentials).toEqual([null]);
  });
});

describe("the explorer of a server that needs a key", () => {
  it("shows nothing but that, refuses a wrong key, and shows the tenant's profile with the right one", async () => {
    await page.goto(new URL("/explorer/", app.url).href);
    await form().getByText(NEEDED).waitFor();
    expect(await page.getByRole("main").count()).toBe(0);
    await use("wrong");
    await form().getByText(REFUSED).waitFor();
    expect(await page.getByRole("main").count()).toBe(0);

    await use(KEY);
    await page.getByText(IN_USE).waitFor();
    await page.getByText("10 recommendations so far").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await page.getByRole("heading", { level: 2, name: "demo-user" }).count()).toBe(1);
    expect(new Set(credentials)).toEqual(new Set([`Bearer ${KEY}`]));
    expect(await kept()).not.toContain(KEY);

    await page.getByRole("button", { name: "Forget the key" }).click();
    await form().getByText(NEEDED).waitFor();
    expect(await page.getByRole("main").count()).toBe(0);
    await page.reload();
    await form().getByText(NEEDED).waitFor();
  });
});
