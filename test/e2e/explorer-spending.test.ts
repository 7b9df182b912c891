import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContext, Locator, Page, Request } from "playwright-core";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox";
import { startBrowser } from "../support/browser";
import { contrasts } from "../support/contrasts";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";

declare const document: { readonly documentElement: { readonly scrollWidth: number } };

interface SentOperation {
  readonly query: string;
  readonly variables: object;
}

// built by `npm run build:explorer`
const explorerDirectory = join(__dirname, "../../dist/explorer");
const playgroundDirectory = join(__dirname, "../../dist/playground");

const TODAY = new Date().toISOString().slice(0, 10);

let app: TestApp;
let sandbox: Sandbox;
let browser: Browser;
let closeBrowser: (() => Promise<void>) | undefined;
let context: BrowserContext;
let page: Page;
let complaints: string[];
/** What was sent to the graph, and what to its estimates. */
let sent: Request[];
let estimated: Request[];

beforeAll(async () => {
  ({ browser, close: closeBrowser } = await startBrowser());
}, 300_000);

afterAll(() => closeBrowser?.());

beforeEach(async () => {
  sandbox = await startSandbox({ surfe: { companies: 400, rateLimit: null } });
  const env = { SANDBOX: "on", PLAYGROUND: "on", SURFE_RATE_PER_SECOND: "10000", SURFE_BURST: "10000" };
  app = await startTestApp({ providers: [], env, sandbox, explorerDirectory, playgroundDirectory, losesAnswers: true });
  await saveProfile();
  complaints = [];
  sent = [];
  estimated = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: "light" });
  context.setDefaultTimeout(60_000);
  // the next page comes only by the button
  await context.addInitScript("IntersectionObserver = class { observe() {} disconnect() {} }");
  context.on("request", (request) => {
    if (request.url().endsWith("/graphql/estimate")) estimated.push(request);
    else if (request.postData()?.includes(`"operationName":"Recommendations"`)) sent.push(request);
  });
  context.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  context.on("weberror", (thrown) => complaints.push(String(thrown.error())));
  page = await context.newPage();
});

afterEach(async () => {
  await context.close();
  await app.stop();
  await sandbox.close();
});

async function open(search: string): Promise<void> {
  await page.goto(new URL(`/explorer/${search}`, app.url).href);
}

/** A size is a criterion for Surfe alone, so the list is Surfe's alone. */
async function saveProfile(): Promise<void> {
  const { data } = await app.send(
    `mutation { upsertICP(input: { externalUserId: "u1", companies: { employeeCount: { from: 20 } } }) { userErrors { message } } }`,
  );
  expect(data).toEqual({ upsertICP: { userErrors: [] } });
}

/** Has that many rows of the list recorded. */
async function record(first: number): Promise<void> {
  await app.send(`{ recommendations(externalUserId: "u1", first: ${String(first)}) { nodes { id } } }`);
}

const loadMore = (): Locator => page.getByRole("button", { name: "Load more" });
const prices = (): Promise<readonly string[]> => page.getByRole("article").locator(".price").allTextContents();

async function cardsAre(count: number): Promise<void> {
  await page
    .getByRole("article")
    .nth(count - 1)
    .waitFor();
  expect(await page.getByRole("article").count()).toBe(count);
}

/** What the description of the button says, once it says something. */
async function costOfMore(): Promise<string> {
  const id = (await loadMore().getAttribute("aria-describedby")) ?? "";
  const cost = page.locator(`[id="${id}"]`);
  await cost.filter({ hasText: /./ }).waitFor();
  return (await cost.innerText()).replaceAll(/\s+/g, " ");
}

function operationOf(request: Request | undefined): SentOperation {
  const { query, variables } = request?.postDataJSON() as SentOperation;
  return { query, variables };
}

describe("the explorer's prices", () => {
  it("says what the next page may cost before it is loaded, and asks once for each page", async () => {
    await open("?user=u1");
    await cardsAre(10);
    expect(await costOfMore()).toBe("may cost up to 11 credits of Surfe");
    expect(callsOf(sandbox.surfe).filter((call) => call.startsWith("fetch"))).toEqual(["fetch 0-10"]);
    await page.getByRole("button", { name: "What the prices mean" }).click(); // draws the list anew
    expect(estimated).toHaveLength(1);

    await loadMore().click();
    await cardsAre(20);
    expect(await costOfMore()).toBe("may cost up to 11 credits of Surfe");
    expect(operationOf(estimated[0])).toEqual(operationOf(sent[1]));
    expect([estimated.length, sent.length]).toEqual([2, 2]);
    expect(sent[1]?.headers()).toMatchObject({ "x-credits": "report", "apollographql-client-name": "explorer" });
    expect(complaints).toEqual([]);
  });

  it("says that a recorded page is free", async () => {
    await record(20);
    await open("?user=u1");
    await cardsAre(10);
    expect(await costOfMore()).toBe("free: recorded");
  });

  it("says where the budget leaves only what is recorded", async () => {
    await app.restart({ SURFE_CREDIT_BUDGET: "10" });
    await saveProfile(); // the database was in memory
    await open("?user=u1");
    await cardsAre(10);
    expect(await costOfMore()).toBe("free: only what is recorded, since the budget of Surfe is used up");
  });

  it("says nothing where there is no estimate", async () => {
    await page.route("**/graphql/estimate", (route) => route.fulfill({ status: 500, json: { errors: [] } }));
    await open("?user=u1");
    await Promise.all([page.waitForResponse("**/graphql/estimate"), cardsAre(10)]);
    expect(await page.locator(".next-cost").innerText()).toBe("");
    await loadMore().click();
    await cardsAre(20);
  });

  it("shows on each card what it has cost, and which were recorded", async () => {
    await record(13);
    await open("?user=u1");
    await cardsAre(10);
    expect(await prices()).toEqual(Array<string>(10).fill("Price: recorded, free"));
    await loadMore().click();
    await cardsAre(20);
    expect((await prices()).slice(10)).toEqual([
      ...Array<string>(3).fill("Price: recorded, free"),
      ...Array<string>(7).fill("Price: 1 credit of Surfe"),
    ]);
    const price = page.locator(".price").last();
    expect(await price.getAttribute("title")).toMatch(/^What an answer spent with a provider is shared equally by the/);
    await page.getByRole("button", { name: "What the prices mean" }).click();
    await page.getByText("What an answer spent with a provider is shared equally").waitFor();
  });
});

describe("the explorer's page of spending", () => {
  const surfe = (): Locator => page.getByRole("region", { name: "Surfe" });
  const sumsOf = (provider: Locator): Locator => provider.locator("p").first();
  const rowsOf = async (table: Locator): Promise<readonly string[]> =>
    (await table.getByRole("row").allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " "));

  beforeEach(async () => {
    await app.send(
      `query Prospects { recommendations(externalUserId: "u1", first: 12) { nodes { id } } }`,
      {},
      { "apollographql-client-name": "=cmd,1" },
    );
    sandbox.linkup.control.failNext({ kind: "truncated" });
    await app.send(`{ networkRecommendations(first: 10) { nodes { id } } }`);
  });

  it("is reached by keyboard, and tells days, operations, clients, users and what is unsettled", async () => {
    await open("?user=u1");
    await cardsAre(10);
    await page.getByRole("link", { name: "Spending" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 2, name: "Spending" }).waitFor();
    await page.locator(".recharts-bar-rectangle").first().waitFor();
    expect(new URL(page.url()).search).toBe("?spending");
    expect(await sumsOf(surfe()).innerText()).toBe("12 credits · one per unique company · 2 calls");
    expect(await sumsOf(page.getByRole("region", { name: "LinkUp" })).innerText()).toMatch(
      /^0 credits · one per 10 results · 1 call · [1-9]\d* credits? unsettled$/,
    );
    expect(await page.locator(".chart:not([aria-hidden=true])").count()).toBe(0);

    await surfe().getByRole("button", { name: "Day by day" }).focus();
    await page.keyboard.press("Enter");
    const [, ...days] = await rowsOf(surfe().getByRole("table", { name: "What was spent with Surfe, day by day" }));
    expect(days.map((day) => day.replace(/^\w+ \d+/, "today"))).toEqual(["today 2 12 0"]);
    const spenders = page.getByRole("table", { name: "What was spent, by provider, operation, client and user" });
    expect(await rowsOf(spenders)).toEqual([
      "Provider Operation Client User Calls Credits Unsettled",
      expect.stringMatching(/^LinkUp without a name not said the key’s own 1 0 [1-9]/),
      "Surfe Prospects =cmd,1 u1 1 12 0",
      "Surfe without a name not said u1 1 0 0",
    ]);
    await page.goBack();
    await cardsAre(10);
    expect(complaints).toEqual([]);
  });

  it("saves a CSV in which no text is a formula", async () => {
    await open("?spending");
    await page.getByRole("radio", { name: "Last 30 days" }).check({ force: true });
    await surfe().waitFor();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download CSV" }).click(),
    ]);
    const first = new Date(Date.parse(TODAY) - 29 * 86_400_000).toISOString().slice(0, 10);
    expect(file.suggestedFilename()).toBe(`spending-${first}-${TODAY}.csv`);
    const lines = readFileSync(await file.path(), "utf8").split("\r\n");
    expect(lines).toEqual([
      "day,provider,operation,client,user,calls,credits,unsettled",
      `${TODAY},SURFE,Prospects,"'=cmd,1",u1,1,12,0`,
      `${TODAY},SURFE,,,u1,1,0,0`,
      `${TODAY},LINKUP,,,,1,0,1`,
      "",
    ]);
    await page.getByText("The CSV was saved.").waitFor();
  });

  it("can be read in both colour schemes, and on a phone without scrolling sideways", async () => {
    await open("?spending");
    await surfe().getByRole("button", { name: "Day by day" }).click();
    await page.locator(".recharts-bar-rectangle").first().waitFor();
    expect((await contrasts(page)).faint).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect((await contrasts(page)).faint).toEqual([]);
    for (const width of [320, 375]) {
      await page.setViewportSize({ width, height: 812 });
      await page.waitForFunction((wide) => document.documentElement.scrollWidth === wide, width);
    }
  });

  it("says why there is nothing to read, and reads it when told to", async () => {
    await page.route("**/graphql", (route) =>
      route.request().postData()?.includes(`"operationName":"Spending"`) ? route.abort() : route.continue(),
    );
    await open("?spending");
    const alert = page.getByRole("alert", { name: "What was spent cannot be read" });
    await alert.waitFor();
    await page.unroute("**/graphql");
    await alert.getByRole("button", { name: "Try again" }).click();
    await surfe().waitFor();
    await alert.waitFor({ state: "detached" });
  });
});
