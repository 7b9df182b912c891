import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { COUNTRIES } from "../../src/sandbox/catalogue/countries";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox";
import { startBrowser } from "../support/browser";
import { contrasts } from "../support/contrasts";
import { present } from "../support/present";
import { callsOf, startTestApp, type TestApp } from "../support/test-app";
import { graphql } from "./documents";
import type { UpsertIcpInput } from "./documents/graphql";

// what the functions below find in the page that evaluates them
interface PageElement {
  readonly textContent: string | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  getAttribute(name: string): string | null;
}
declare const document: {
  readonly activeElement: unknown;
  getElementById(id: string): PageElement | null;
};

const SaveForExplorer = graphql(`
  mutation SaveForExplorer($input: UpsertICPInput!) {
    upsertICP(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

const ListedInExplorer = graphql(`
  query ListedInExplorer($user: String!, $first: Int!) {
    recommendations(externalUserId: $user, first: $first) {
      nodes {
        company {
          name
          people(first: 100) {
            nodes {
              fullName
            }
          }
        }
      }
    }
  }
`);

const SavedInExplorer = graphql(`
  query SavedInExplorer {
    icps {
      nodes {
        externalUserId
        companies {
          industries
          primaryLocations
          employeeCount {
            from
            to
          }
        }
        exampleCompanies {
          domain
        }
      }
    }
  }
`);

// built by `npm run build:explorer`
const explorerDirectory = join(__dirname, "../../dist/explorer");
const playgroundDirectory = join(__dirname, "../../dist/playground");

/** A size is a criterion for Surfe alone, so the lists are Surfe's alone. */
const OF_SURFE = { externalUserId: "u1", companies: { employeeCount: { from: 20 } } };

let app: TestApp;
let sandbox: Sandbox;
let browser: Browser;
let closeBrowser: (() => Promise<void>) | undefined;
let context: BrowserContext;
let page: Page;
let requests: string[];
/** The names of the operations that the page sent. */
let operations: string[];
let complaints: string[];

beforeAll(async () => {
  ({ browser, close: closeBrowser } = await startBrowser());
}, 300_000);

afterAll(() => closeBrowser?.());

beforeEach(async () => {
  sandbox = await startSandbox({ surfe: { companies: 400, rateLimit: null } });
  const env = { SANDBOX: "on", PLAYGROUND: "on", SURFE_RATE_PER_SECOND: "10000", SURFE_BURST: "10000" };
  app = await startTestApp({ providers: [], env, sandbox, explorerDirectory, playgroundDirectory, losesAnswers: true });
  requests = [];
  operations = [];
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: "light" });
  context.setDefaultTimeout(60_000);
  context.on("request", (request) => {
    requests.push(request.url());
    const body = request.postDataJSON() as { readonly operationName?: string } | null;
    if (body?.operationName) operations.push(body.operationName);
  });
  context.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  context.on("response", (answer) => answer.status() >= 400 && complaints.push(`${answer.status()}: ${answer.url()}`));
  context.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  context.on("weberror", (thrown) => complaints.push(String(thrown.error())));
  page = await context.newPage();
});

afterEach(async () => {
  await context.close();
  await app.stop();
  await sandbox.close();
});

async function save(input: UpsertIcpInput): Promise<void> {
  const { data } = await app.query(SaveForExplorer, { input });
  expect(present(data.upsertICP).userErrors).toEqual([]);
}

async function open(search = ""): Promise<void> {
  await page.goto(new URL(`/explorer/${search}`, app.url).href);
}

const cards = (): Locator => page.getByRole("article");

async function cardsAre(count: number): Promise<void> {
  await cards()
    .nth(count - 1)
    .waitFor();
  expect(await cards().count()).toBe(count);
}

/** What the graph itself has at the top of the list. */
async function listed(first: number) {
  const { data } = await app.query(ListedInExplorer, { user: OF_SURFE.externalUserId, first });
  return present(data.recommendations).nodes.map(({ company }) => present(company));
}

function sent(operation: string): number {
  return operations.filter((name) => name === operation).length;
}

/** Presses Tab until `target` has the focus. */
async function tabTo(target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("not to be reached with Tab");
}

const background = (): Promise<string> => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");

describe("the explorer", () => {
  it("has a first visitor see recommendations at once, without a request to any other host", async () => {
    await open();
    expect(await page.title()).toBe("Tributary explorer");
    await cardsAre(10);

    expect(await page.getByRole("main").getByRole("heading", { level: 2 }).innerText()).toBe("demo-user");
    expect(await page.getByRole("main").locator("dl").innerText()).toMatch(
      /Companies like\s+Beacon Selling\s+People like\s+Hugo Carter/,
    );
    const first = cards().first();
    expect(await first.getByRole("heading").innerText()).toBe("Surfe");
    expect(await first.getByRole("link", { name: "surfe.com" }).getAttribute("rel")).toContain("noopener");
    expect(await first.getByRole("meter", { name: "Score" }).getAttribute("aria-valuetext")).toBe("85 of 100");
    expect(await first.getByRole("list", { name: "Reasons" }).innerText()).toMatch(
      /85\s*Industry match This company operates in your target industry/,
    );
    const recommendedBy = await cards().getByRole("list", { name: "Recommended by" }).allInnerTexts();
    expect(recommendedBy.slice(0, 4)).toEqual(["Surfe\nLusha\nLetrics", "Lusha\nLetrics", "Lusha", "Letrics"]);
    const person = cards().nth(2);
    expect(await person.innerText()).toMatch(/\nat .*No reason given/s);
    expect(await first.innerText()).toMatch(/Paris, France\s*·?\s*50 employees\s*·?\s*since 2020/);
    const surfe = page.getByRole("complementary", { name: "Providers this month" }).getByRole("listitem").first();
    await surfe.getByText(/^[1-9]\d* credits · one per unique company$/).waitFor();

    expect([...new Set(requests.map((url) => new URL(url).origin))]).toEqual([new URL(app.url).origin]);
    expect(complaints).toEqual([]);
  });

  it("opens people and sources, and loads more people, by keyboard only", async () => {
    await save(OF_SURFE);
    const place = (await listed(10)).findIndex(({ people }) => present(people).nodes.length > 3);
    const { name, people } = present((await listed(10))[place]);
    const names = present(people).nodes.map(({ fullName }) => present(fullName));
    await open("?user=u1");
    await cardsAre(10);
    const card = cards().nth(place);

    const button = card.getByRole("button", { name: /^People/ });
    await tabTo(button);
    await page.keyboard.press("Enter");
    expect(await button.getAttribute("aria-expanded")).toBe("true");
    const list = card.getByRole("list", { name: `People at ${present(name)}` });
    const shown = () => list.locator("strong").allInnerTexts();
    expect(await shown()).toEqual(names.slice(0, 3));
    await tabTo(card.getByRole("button", { name: `More people at ${present(name)}` }));
    await page.keyboard.press("Enter");
    await list.locator("strong").nth(3).waitFor();
    expect(await shown()).toEqual(names);
    const fourth = list.getByRole("listitem").nth(3);
    expect(await fourth.evaluate((person) => person === document.activeElement)).toBe(true);

    const sources = card.getByRole("button", { name: "Sources" });
    await tabTo(sources);
    await page.keyboard.press("Enter");
    const table = card.getByRole("table", { name: `What each provider says of ${present(name)}` });
    expect(await table.getByRole("row").nth(1).innerText()).toMatch(/Surfe.*20\d\d.*name, domain/s);
    expect(complaints).toEqual([]);
  });

  it("loads the next page once as the end comes near, and none twice", async () => {
    await save(OF_SURFE);
    await open("?user=u1");
    await cardsAre(10);
    sandbox.surfe.control.clearCalls();
    expect(sent("Recommendations")).toBe(1);
    await cards().last().scrollIntoViewIfNeeded();
    await cardsAre(20);
    await page.getByText("20 recommendations so far").waitFor();

    expect(sent("Recommendations")).toBe(2);
    expect(callsOf(sandbox.surfe)).toEqual(["fetch 9-20"]);
    expect(await cards().getByRole("heading").allInnerTexts()).toEqual((await listed(20)).map(({ name }) => name));
  });

  it("loads it by a button too, and takes the focus to what came", async () => {
    await context.addInitScript("IntersectionObserver = class { observe() {} disconnect() {} }");
    await save(OF_SURFE);
    await open("?user=u1");
    await cardsAre(10);
    const button = page.getByRole("button", { name: "Load more" });
    await button.focus();
    await page.keyboard.press("Enter");
    await cardsAre(20);

    expect(
      await cards()
        .nth(10)
        .evaluate((card) => card === document.activeElement),
    ).toBe(true);
    expect(sent("Recommendations")).toBe(2);
  });

  it("says why a page is short, leaves the rows it has, and asks again only when told to", async () => {
    await save(OF_SURFE);
    await listed(13);
    sandbox.surfe.control.failAlways({ kind: "status", status: 402 });
    await open("?user=u1");
    await cardsAre(10);
    await cards().last().scrollIntoViewIfNeeded();
    await cardsAre(13);
    const alert = page.getByRole("alert", { name: "Some recommendations are missing" });
    expect(await alert.innerText()).toMatch(/Surfe: .*PROVIDER_CREDITS_EXHAUSTED/s);
    await page.getByText("Last call: credits exhausted").waitFor();
    expect(sent("Recommendations")).toBe(2);

    sandbox.surfe.control.failAlways(null);
    await alert.getByRole("button", { name: "Try again" }).click();
    await cardsAre(23);
    await alert.waitFor({ state: "detached" });
    await page.getByText("Last call: credits exhausted").waitFor({ state: "detached" });
    expect(await cards().getByRole("heading").allInnerTexts()).toEqual((await listed(23)).map(({ name }) => name));
  });

  it("says when to ask again where nothing can be shown, and shows it then", async () => {
    await save(OF_SURFE);
    sandbox.surfe.control.failNext({ kind: "status", status: 402, headers: { "retry-after": "60" } });
    await open("?user=u1");
    const alert = page.getByRole("alert", { name: "No recommendations at the moment" });
    expect(await alert.innerText()).toMatch(/Surfe: .*PROVIDER_CREDITS_EXHAUSTED/s);
    await alert.getByRole("button", { name: "Try again" }).click();
    await cardsAre(10);

    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("tells all wrong values of a profile at their fields, saves nothing, and saves it once they are right", async () => {
    await save(OF_SURFE);
    await open("?user=u1");
    await cardsAre(10);
    await page.getByRole("button", { name: "New profile" }).click();
    const form = page.getByRole("dialog", { name: "New profile" });
    await form.getByLabel("User").fill("u2");
    await form.getByLabel("Industries").fill("Software, SaaS,");
    await form.getByLabel("Locations").fill("Nowhere");
    await form.getByLabel("Employees, at least").fill("9");
    await form.getByLabel("Employees, at most").fill("1");
    await form.getByLabel("Companies like").fill("not a domain");
    await form.getByRole("button", { name: "Save profile" }).click();
    await form.getByText("Not saved: 3 values were refused.").waitFor();

    const wrong = form.locator("[aria-invalid=true]");
    const descriptions = await wrong.evaluateAll((fields: readonly PageElement[]) =>
      fields.map((field) => {
        const ids = field.getAttribute("aria-describedby")?.split(" ") ?? [];
        return ids.map((id) => document.getElementById(id)?.textContent).join(" | ");
      }),
    );
    expect(descriptions).toEqual([
      expect.stringMatching(/^Codes such as FR or W-EMEA \| Does not know "Nowhere"\. Each value is an ISO 3166/),
      "Begins at 9, after its end at 1: `from` must not be greater than `to`.",
      "Begins at 9, after its end at 1: `from` must not be greater than `to`.",
      expect.stringMatching(/^Domains such as acme\.com, or Lusha ids \| "not a domain" is not a company's domain/),
    ]);
    expect(await form.getByLabel("Locations").evaluate((field) => field === document.activeElement)).toBe(true);
    expect((await app.query(SavedInExplorer)).data.icps.nodes).toHaveLength(2);

    await form.getByRole("button", { name: "Remove Nowhere" }).click();
    await form.getByLabel("Locations").fill("fr");
    await form.getByLabel("Employees, at most").fill("900");
    await form.getByRole("button", { name: "Remove not a domain" }).click();
    await form.getByLabel("Companies like").fill("www.surfe.com");
    await form.getByRole("button", { name: "Save profile" }).click();
    await page.getByRole("heading", { level: 2, name: "u2" }).waitFor();
    expect((await app.query(SavedInExplorer)).data.icps.nodes[2]).toEqual({
      externalUserId: "u2",
      companies: {
        industries: ["Software", "SaaS"],
        primaryLocations: ["FR"],
        employeeCount: { from: 9, to: 900 },
      },
      exampleCompanies: [{ domain: "surfe.com" }],
    });
  });

  it("lists only the providers that were chosen, and names the one that cannot serve", async () => {
    await save(OF_SURFE);
    await open("?user=u1");
    await cardsAre(10);
    const filter = page.getByRole("group", { name: "Providers to list" });
    await filter.getByRole("button", { name: "Surfe" }).click();
    await filter.getByRole("button", { name: "Lusha" }).click();
    await page.getByRole("alert").getByText("Lusha:").waitFor();
    await cardsAre(10);

    expect(await filter.getByRole("button", { name: "Lusha" }).getAttribute("aria-pressed")).toBe("true");
    expect(await filter.getByRole("button", { name: "All" }).getAttribute("aria-pressed")).toBe("false");
  });

  it.each([320, 375])("is one column on a phone of %i px, with nothing to scroll sideways for", async (width) => {
    await page.setViewportSize({ width, height: 812 });
    await save(OF_SURFE);
    await open("?user=u1");
    await cardsAre(10);
    const widest = () => page.evaluate("document.documentElement.scrollWidth");
    expect(await widest()).toBe(width);
    await cards().nth(1).getByRole("button", { name: "People" }).click();
    await cards().nth(1).getByRole("button", { name: "Sources" }).click();
    await page.getByRole("button", { name: "Providers this month" }).click();
    await page.getByRole("button", { name: "Try a failure" }).click();
    await page.getByRole("combobox", { name: "State of Surfe" }).selectOption("Down");
    await page.getByText("Surfe is down.").waitFor();
    await page.getByRole("group", { name: "Providers to list" }).getByRole("button", { name: "Letrics" }).click();
    await page.getByRole("alert").waitFor();
    expect(await widest()).toBe(width);
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await widest()).toBe(width);
    const sideways = (dialog: PageElement) => dialog.scrollWidth - dialog.clientWidth;
    expect(await page.getByRole("dialog").evaluate(sideways)).toBe(0);
  });

  it("has headings of which none skips a level, the first of them its own", async () => {
    await open();
    await cardsAre(10);
    const levels: readonly number[] = await page.evaluate(
      `[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(({ tagName }) => Number(tagName[1]))`,
    );
    expect(levels).toEqual([1, 2, 2, 2, 2, ...Array<number>(10).fill(3)]);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toMatch(/Tributary\s+explorer/);
  });

  it("shows companies of Europe first for the sample, which looks there", async () => {
    await open();
    await cardsAre(10);
    const first = (await cards().allInnerTexts()).join("\n");
    const places = [...first.matchAll(/, (France|Germany|United Kingdom|Netherlands|Spain)$/gm)];
    expect(places.length).toBeGreaterThanOrEqual(3);
    const abroad = COUNTRIES.filter(({ code }) => !["FR", "DE", "GB", "NL", "ES"].includes(code));
    const words = abroad.flatMap(({ name, cities }) => [name, ...cities.map(({ locality }) => locality)]);
    expect(words.length).toBeGreaterThan(20);
    expect(words.filter((word) => new RegExp(`\\b${word}\\b`).test(first))).toEqual([]);
  });

  it("welcomes whoever has no profile yet, and takes them to the form", async () => {
    await app.send(`mutation { deleteICP(externalUserId: "demo-user") }`);
    await open();
    await page.getByRole("heading", { level: 2, name: "Who is worth talking to?" }).waitFor();
    expect(await page.getByRole("navigation", { name: "Profiles" }).innerText()).toContain("None has been saved yet.");
    expect(await cards().count()).toBe(0);
    await tabTo(page.getByRole("button", { name: "Make a profile" }));
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "New profile" });
    await form.getByLabel("User").fill("u3");
    await form.getByRole("button", { name: "Save profile" }).click();
    await page.getByRole("heading", { level: 2, name: "u3" }).waitFor();
    await cardsAre(10);
    expect(await page.getByText("Who is worth talking to?").count()).toBe(0);
    expect(sent("Recommendations")).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("keeps what the form does not show of a profile that is changed", async () => {
    const kept = { surfe: { companies: { technologies: ["React"] } }, excludeCompanies: [{ domain: "acme.com" }] };
    await save({ ...OF_SURFE, ...kept });
    await open("?user=u1");
    await cardsAre(10);
    await page.getByRole("button", { name: "Change" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Employees, at least").fill("30");
    await form.getByRole("button", { name: "Save profile" }).click();
    await form.waitFor({ state: "detached" });
    expect((await app.send(`{ icp(externalUserId: "u1") { surfe excludeCompanies { domain } } }`)).data).toEqual({
      icp: kept,
    });
  });

  describe("its panel of failures", () => {
    const panel = (): Locator => page.getByRole("complementary", { name: "Try a failure" });
    const state = (name: string): Locator => panel().getByRole("combobox", { name: `State of ${name}` });

    it("takes a provider down by keyboard: what is recorded goes on being served, and the breaker opens", async () => {
      await save(OF_SURFE);
      await listed(13);
      await open("?user=u1");
      await cardsAre(10);
      await tabTo(state("Surfe"));
      await page.keyboard.press("ArrowDown");
      await panel().getByText("Surfe is down.").waitFor();
      expect(await state("Surfe").inputValue()).toBe("503");
      expect(await panel().getByRole("listitem").count()).toBe(4);
      expect(await panel().getByRole("group", { name: "Surfe" }).getByRole("combobox").count()).toBe(1);

      await cards().last().scrollIntoViewIfNeeded();
      await cardsAre(13);
      const alert = page.getByRole("alert", { name: "Some recommendations are missing" });
      expect(await alert.innerText()).toMatch(/Surfe: .*PROVIDER_UNAVAILABLE/s);
      await alert.getByRole("button", { name: "Try again" }).click();
      await page.getByText("Unavailable", { exact: true }).waitFor();
      await page.reload();
      await cardsAre(10);
      expect(await state("Surfe").inputValue()).toBe("503");
      expect(await page.getByRole("alert").count()).toBe(0);
    });

    it("has a provider out of credits, until it works again", async () => {
      await save(OF_SURFE);
      await open("?user=u1");
      await cardsAre(10);
      await state("Surfe").selectOption("Out of credits");
      await panel().getByText("Surfe is out of credits.").waitFor();
      await cards().last().scrollIntoViewIfNeeded();
      const alert = page.getByRole("alert", { name: "Some recommendations are missing" });
      expect(await alert.innerText()).toMatch(/Surfe: .*PROVIDER_CREDITS_EXHAUSTED/s);
      await state("Surfe").selectOption("Works");
      await panel().getByText("Surfe works.").waitFor();
      await alert.getByRole("button", { name: "Try again" }).click();
      await cardsAre(20);
    });

    it("makes a provider slow, and begins its next day, in which nothing that was seen comes again", async () => {
      await save(OF_SURFE);
      await open("?user=u1");
      await cardsAre(10);
      const today = await cards().getByRole("heading").allInnerTexts();
      await panel().getByRole("checkbox", { name: "Slow Surfe" }).check();
      await panel().getByText("Surfe works, slowly.").waitFor();
      expect(await panel().getByRole("checkbox", { name: "Slow Lusha" }).isChecked()).toBe(false);
      await panel().getByRole("checkbox", { name: "Slow Surfe" }).uncheck();
      await panel().getByText("Surfe works.").waitFor();
      await panel().getByRole("button", { name: "Next day of Surfe" }).click();
      await panel().getByText("Surfe's next day has begun.").waitFor();
      sandbox.surfe.control.clearCalls();
      await cards().last().scrollIntoViewIfNeeded();
      await cardsAre(20);
      // The anchor row is gone, so the day has turned, and reading begins at its first row.
      expect(callsOf(sandbox.surfe)[0]).toBe("fetch 9-20");
      const all = await cards().getByRole("heading").allInnerTexts();
      expect([all.slice(0, 10), new Set(all).size]).toEqual([today, 20]);
      expect(
        await panel()
          .getByRole("button", { name: /^Next day/ })
          .count(),
      ).toBe(1);
    });

    it("says so where the sandbox does not answer", async () => {
      await open();
      await cardsAre(10);
      await page.route("**/sandbox", (route) => route.abort());
      await state("Letrics").selectOption("Down");
      await panel().getByText("Letrics could not be changed: the sandbox did not answer.").waitFor();
      expect(await state("Letrics").inputValue()).toBe("works");
    });
  });

  it("can be read in both colour schemes, and remembers which one was chosen", async () => {
    await save(OF_SURFE);
    await listed(13);
    sandbox.surfe.control.failAlways({ kind: "status", status: 402 });
    await open("?user=u1");
    await cardsAre(10);
    await cards().last().scrollIntoViewIfNeeded();
    await page.getByRole("alert").waitFor();
    await cards().nth(1).getByRole("button", { name: "People" }).click();
    const light = await background();
    const inLight = await contrasts(page);
    expect(inLight.faint).toEqual([]);
    expect(inLight.seen).toBeGreaterThan(150);

    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await background();
    expect(dark).not.toBe(light);
    expect(await contrasts(page)).toEqual({ seen: inLight.seen, faint: [] });

    await page.getByText("Light", { exact: true }).click();
    expect(await background()).toBe(light);
    await page.reload();
    await cardsAre(10);
    expect(await background()).toBe(light);
  });
});

describe("GET /explorer", () => {
  it.each([{ SANDBOX: "off" }, { PLAYGROUND: "off" }])("finds nothing with %j", async (env) => {
    await app.restart(env);

    for (const path of ["/explorer", "/explorer/"]) {
      const response = await fetch(new URL(path, app.url));
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        errors: [{ message: "There is nothing here. The graph is at /graphql.", extensions: { code: "BAD_REQUEST" } }],
      });
    }
  });
});
