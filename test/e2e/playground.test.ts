import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { exampleGroups } from "../../playground/examples/examples";
import { buildGraph } from "../../src/graphql/schema";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox";
import { startBrowser } from "../support/browser";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

// what the functions below find in the page that evaluates them
declare const localStorage: Readonly<Record<string, string>> & { getItem(key: string): string | null };
declare function getComputedStyle(element: unknown): { readonly backgroundColor: string };
declare const __MONACO: { editor: { getModels(): { uri: { path: string }; getValue(): string }[] } };

interface PageAnswer {
  readonly data: {
    readonly recommendations: {
      readonly pageInfo: { readonly endCursor: string };
      readonly edges: readonly {
        readonly cursor: string;
        readonly node: { readonly company: { readonly id: string } };
      }[];
    };
  };
}

const tabs = ["UpsertICP", "CompaniesAndTheirPeople", "NextPage", "EntityById", "Providers"];

// built by `npm run build:playground`
const playgroundDirectory = join(__dirname, "../../dist/playground");

let app: TestApp;
let sandbox: Sandbox;
let browser: Browser;
let closeBrowser: (() => Promise<void>) | undefined;
let context: BrowserContext;
let page: Page;
let requests: string[];
let complaints: string[];

beforeAll(async () => {
  sandbox = await startSandbox();
  const env = { SANDBOX: "on", PLAYGROUND: "on" };
  app = await startTestApp({ providers: [], env, sandbox, playgroundDirectory, losesAnswers: true });
  ({ browser, close: closeBrowser } = await startBrowser());
}, 300_000);

afterAll(async () => {
  await closeBrowser?.();
  await app.stop();
  await sandbox.close();
});

beforeEach(async () => {
  requests = [];
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(10_000);
  // those of workers too; what a policy forbids is an error on the console
  context.on("request", (request) => requests.push(request.url()));
  context.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  context.on("response", (answer) => answer.status() >= 400 && complaints.push(`${answer.status()}: ${answer.url()}`));
  context.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  context.on("weberror", (thrown) => complaints.push(String(thrown.error())));
  page = await context.newPage();
  await page.goto(app.url);
  await queryEditorShows("UpsertICP");
});

afterEach(() => context.close());

async function queryEditorShows(text: string): Promise<void> {
  await page.locator(".graphiql-query-editor .view-line", { hasText: text }).first().waitFor();
}

async function open(tab: string): Promise<void> {
  await page.getByRole("tab", { name: tab }).click();
  await queryEditorShows(tab);
}

/** Runs the open tab's operation; resolves to what the response editor then holds, once the page shows it. */
async function execute(): Promise<string> {
  await page.getByRole("button", { name: "Execute query" }).click(); // which empties the response editor
  const shown = await page.waitForFunction(() =>
    __MONACO.editor
      .getModels()
      .find((model) => model.uri.path.endsWith("response.json"))
      ?.getValue(),
  );
  await page
    .locator(".graphiql-response .view-line", { hasText: /"(data|errors)"/ })
    .first()
    .waitFor();
  return String(await shown.jsonValue());
}

/** Opens a tab and runs its operation; the variables that were sent, the answer of the server and the answer shown. */
async function send(tab: string) {
  await open(tab);
  const [answered, shown] = await Promise.all([
    page.waitForResponse((response) => response.request().postData()?.includes(`"operationName":"${tab}"`) ?? false),
    execute(),
  ]);
  const { variables } = answered.request().postDataJSON() as { readonly variables?: object };
  return { variables, answer: (await answered.text()).trimEnd(), shown: JSON.stringify(JSON.parse(shown)) };
}

/** Has the open tab's operation estimated by `press`; what was sent, what was answered, and the words below the response editor. */
async function estimate(press: () => Promise<void>) {
  const [answered] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/estimate")),
    press(),
  ]);
  const request = answered.request();
  return {
    body: request.postDataJSON() as object,
    headers: request.headers(),
    answer: (await answered.text()).trimEnd(),
  };
}

const estimateButton = (): Locator => page.getByRole("button", { name: /^Estimate the cost/ });
const words = (): Locator => page.getByRole("status", { name: "Estimate" });

/** Writes a document into the query editor of a new tab; the cursor is then at its end. */
async function write(query: string): Promise<void> {
  await page.getByRole("button", { name: "New tab" }).click();
  await page.locator(".graphiql-query-editor .view-lines").click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(query);
}

function originsOf(urls: readonly string[]): readonly string[] {
  return [...new Set(urls.map((url) => new URL(url).origin))];
}

describe("the playground", () => {
  it("opens with the greeting operations, in both colour schemes", async () => {
    expect(await page.title()).toBe("Tributary playground");
    expect(await page.getByRole("tab").allInnerTexts()).toEqual(tabs);
    const background = () =>
      page.locator(".graphiql-container").evaluate((box) => getComputedStyle(box).backgroundColor);
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });

    expect(await background()).not.toBe(light);
  });

  it("runs each greeting operation and shows its answer, without a request to any other host", async () => {
    const upsert = await send("UpsertICP");
    expect(upsert.shown).toBe(upsert.answer);
    expect(JSON.parse(upsert.shown)).toMatchObject({
      data: { upsertICP: { icp: { externalUserId: "demo-user" }, userErrors: [] } },
    });

    const first = await send("CompaniesAndTheirPeople");
    expect(first.shown).toBe(first.answer);
    const firstPage = JSON.parse(first.shown) as PageAnswer;
    expect(firstPage.data.recommendations.edges).toHaveLength(5);

    const next = await send("NextPage");
    expect(next.shown).toBe(next.answer);
    expect(next.variables).toEqual({ user: "demo-user", after: firstPage.data.recommendations.pageInfo.endCursor });
    const nextPage = JSON.parse(next.shown) as PageAnswer;
    const id = nextPage.data.recommendations.edges[0]?.node.company.id;
    expect(id).not.toBe(firstPage.data.recommendations.edges[0]?.node.company.id);

    const entity = await send("EntityById");
    expect(entity.shown).toBe(entity.answer);
    expect(entity.variables).toEqual({ id });
    expect(JSON.parse(entity.shown)).toMatchObject({ data: { node: { id, name: expect.any(String) } } });

    const providers = await send("Providers");
    expect(providers.shown).toBe(providers.answer);
    expect(JSON.parse(providers.shown)).toMatchObject({
      data: { providers: expect.arrayContaining([expect.objectContaining({ provider: "SURFE", circuit: "CLOSED" })]) },
    });

    expect(originsOf(requests)).toEqual(originsOf([app.url]));
    expect(complaints).toEqual([]);
  });

  it("says which tab to run first where nothing fills a placeholder, and sends nothing", async () => {
    const message = (what: string) =>
      `Not sent: ${what}, and no answer has held one since this page was loaded. Run the tab CompaniesAndTheirPeople first.`;

    await open("NextPage");
    expect(JSON.parse(await execute())).toEqual({
      errors: [{ message: message("{{endCursor}} stands for the end cursor of the last page") }],
    });
    await open("EntityById");
    expect(JSON.parse(await execute())).toEqual({
      errors: [{ message: message("{{companyId}} stands for the id of a company") }],
    });
  });

  it("sends the headers of the headers editor, and keeps them nowhere", async () => {
    await open("Providers"); // each tab has headers of its own
    await page.getByRole("button", { name: "Headers" }).click();
    await page.locator(".graphiql-editor-tool .view-line", { hasText: "x-linkup-login-token" }).waitFor();
    await page.locator(".graphiql-editor-tool .graphiql-editor:visible").click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete"); // over a selection the editor writes braces in pairs
    await page.keyboard.insertText(`{ "x-linkup-login-token": "s3cret" }`);
    const sent = page.waitForRequest((request) => request.postData()?.includes(`"operationName":"Providers"`) ?? false);
    await execute();
    expect((await sent).headers()).toMatchObject({ "x-linkup-login-token": "s3cret" });

    // Both the tabs and the history are kept a moment later.
    await page.waitForFunction(
      () =>
        localStorage.getItem("graphiql:queries")?.includes("query Providers") === true &&
        localStorage.getItem("graphiql:tabState")?.includes('"activeTabIndex":4') === true,
    );
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("s3cret");
  });

  it("estimates what Run would run, and says in words what it may cost, without spending anything", async () => {
    await app.send(`mutation { upsertICP(input: { externalUserId: "estimates" }) { icp { id } } }`);
    await write(`query Prospects { recommendations(externalUserId: "estimates", first: 5) { nodes { id } } }`);
    await page.getByRole("tab", { name: "Prospects" }).waitFor();
    sandbox.surfe.control.clearCalls();
    const { body, answer } = await estimate(() => estimateButton().click());
    await words().getByText("SURFE").waitFor();
    expect(JSON.parse(answer)).toEqual({
      calls: 1,
      credits: 5,
      providers: [{ provider: "SURFE", calls: 1, credits: 5, left: null }],
    });
    expect(await words().innerText()).toBe(
      "Runs with at most 1 provider call and costs at most 5 credits.\n\nSURFE: at most 1 call and 5 credits; no budget is set.",
    );
    await page.locator(".graphiql-response .view-line", { hasText: `"credits": 5` }).first().waitFor();
    expect(callsOf(sandbox.surfe)).toEqual([]);

    const [ran] = await Promise.all([
      page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/graphql")),
      execute(),
    ]);
    expect(body).toEqual(ran.postDataJSON());
    expect(callsOf(sandbox.surfe)).toEqual(["fetch 0-5"]);
    expect(await words().innerText()).toBe("");
    await page.locator(".graphiql-query-editor .view-lines").click();
    await estimate(() => page.keyboard.press("ControlOrMeta+Shift+Enter"));
    await words().getByText("Runs without a provider call, and is free.").waitFor();
    await open("Providers"); // which has not been estimated
    expect(await words().innerText()).toBe("");
    expect(complaints).toEqual([]);
  });

  it("estimates the operation at the cursor, with the tab's headers, and shows the errors of the graph", async () => {
    await write(`query First { icps { totalCount } } query Second { providers { provider } }`);
    await page.getByRole("tab", { name: "First" }).waitFor(); // which Run alone would take
    await page.getByRole("button", { name: "Headers" }).click();
    await page.locator(".graphiql-editor-tool .graphiql-editor:visible").click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText(`{ "x-credits-max": "many" }`);
    const { body, headers } = await estimate(() => estimateButton().click());
    expect(body).toMatchObject({ operationName: "Second" });
    expect(headers).toMatchObject({ "x-credits-max": "many" });
    await page.locator(".graphiql-response .view-line", { hasText: "BAD_REQUEST" }).first().waitFor();
    expect(await words().innerText()).toBe("");
  });

  it("lists the saved examples, and opens one in a tab of its own, with variables and headers", async () => {
    await page.getByRole("button", { name: "Show Examples" }).click();
    const panel = page.getByRole("region", { name: "Examples", exact: true });
    expect(await panel.getByRole("heading").allInnerTexts()).toEqual([
      "Examples",
      ...exampleGroups.map(({ capability }) => capability),
    ]);
    const titles = exampleGroups.flatMap(({ examples }) => examples.map(({ title }) => title));
    expect(await panel.getByRole("button").locator("strong").allInnerTexts()).toEqual(titles);

    await panel.getByRole("button", { name: "People LinkedIn suggests" }).click();
    await queryEditorShows("NetworkRecommendations");
    expect(await page.getByRole("tab").allInnerTexts()).toEqual([...tabs, "NetworkRecommendations"]);
    const sent = page.waitForRequest(
      (request) => request.postData()?.includes(`"operationName":"NetworkRecommendations"`) ?? false,
    );
    const shown = await execute();
    expect((await sent).headers()).toMatchObject({ "x-linkup-login-token": "" });
    expect((await sent).postDataJSON()).toMatchObject({ variables: { country: "FR" } });
    expect(JSON.parse(shown)).toMatchObject({ data: { networkRecommendations: { issues: [] } } });

    await open("UpsertICP"); // which was left as it was
    await page.getByRole("tab", { name: "NetworkRecommendations" }).click();
    await queryEditorShows("NetworkRecommendations");
    expect(originsOf(requests)).toEqual(originsOf([app.url]));
    expect(complaints).toEqual([]);
  });

  it("writes operations by ticking fields in the explorer", async () => {
    await open("Providers");
    await page.getByRole("button", { name: "Show GraphiQL Explorer" }).click();
    await page.locator(".graphiql-explorer-creditBudget").getByText("creditBudget").click();
    await page.locator(".graphiql-query-editor .view-line", { hasText: "creditBudget" }).waitFor();

    expect(JSON.parse(await execute())).toMatchObject({
      data: { providers: expect.arrayContaining([expect.objectContaining({ provider: "SURFE", creditBudget: null })]) },
    });
    expect(originsOf(requests)).toEqual(originsOf([app.url]));
    expect(complaints).toEqual([]);
  });

  it("shows the descriptions of the graph in its documentation", async () => {
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.locator(".graphiql-doc-explorer").getByRole("link", { name: "Query", exact: true }).click();
    const docs = await page.locator(".graphiql-doc-explorer").innerText();
    const fields = Object.values(buildGraph().getQueryType()?.getFields() ?? {});

    expect(
      fields
        .map(({ description }) => description)
        .filter((one) => !docs.includes((one ?? "missing").replaceAll("`", ""))),
    ).toEqual([]);
  });

  it("keeps the tabs as they were left for the next visit", async () => {
    await open("NextPage");
    await page.getByRole("button", { name: "Close Tab" }).click();
    await page.waitForFunction(
      () => localStorage.getItem("graphiql:tabState")?.includes('"title":"NextPage"') === false,
    );
    await page.reload();
    await page.getByRole("tab").first().waitFor();

    expect(await page.getByRole("tab").allInnerTexts()).toEqual(tabs.filter((tab) => tab !== "NextPage"));
  });

  it("is kept by its policy from loading anything from elsewhere", async () => {
    const outcome = await page.evaluate(`fetch("http://elsewhere.example/").then(() => "answered", () => "refused")`);

    expect(outcome).toBe("refused");
    expect(complaints.join("\n")).toContain(
      `violates the following Content Security Policy directive: "connect-src 'self'"`,
    );
  });
});
