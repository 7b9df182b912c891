import type { Page } from "playwright-core";

/** A picture in `docs/images/`. */
export interface Shot {
  readonly name: string;
  /** What is opened, on a server that has nothing recorded yet. */
  readonly path: string;
  readonly viewport: { readonly width: number; readonly height: number };
  /** Pixels of the picture to one of the page. */
  readonly scale: number;
  readonly colorScheme: "light" | "dark";
  /** Takes the page from its opening to what is to be seen. */
  readonly prepare: (page: Page) => Promise<void>;
}

const DESKTOP = { viewport: { width: 1280, height: 860 }, scale: 1.5 };
const PHONE = { viewport: { width: 375, height: 812 }, scale: 2 };

/** The profile that a fresh sandbox has is shown at once. */
async function openSample(page: Page): Promise<void> {
  await page.getByText("10 recommendations so far").waitFor();
}

async function unfold(page: Page, card: string, ...names: readonly RegExp[]): Promise<void> {
  for (const name of names) await page.getByRole("article", { name: card }).getByRole("button", { name }).click();
}

/** The pictures of the explorer. */
export const SHOTS: readonly Shot[] = [
  {
    name: "explorer-light",
    path: "/explorer/",
    ...DESKTOP,
    colorScheme: "light",
    prepare: async (page) => {
      await openSample(page);
      await unfold(page, "Surfe", /^People/, /^Sources/);
    },
  },
  {
    name: "explorer-dark",
    path: "/explorer/",
    ...DESKTOP,
    colorScheme: "dark",
    prepare: async (page) => {
      await openSample(page);
      await page.getByRole("combobox", { name: "State of Lusha" }).selectOption("Down");
      await page.getByText("Lusha is down.").waitFor();
      for (const rows of [20, 30, 40, 50]) {
        await page.getByRole("article").last().scrollIntoViewIfNeeded();
        await page.getByText(`${String(rows)} recommendations so far`).waitFor();
      }
      await page.getByText("Unavailable", { exact: true }).waitFor();
    },
  },
  {
    name: "explorer-spending",
    path: "/explorer/",
    ...DESKTOP,
    colorScheme: "light",
    prepare: async (page) => {
      await openSample(page);
      await page.getByRole("article").last().scrollIntoViewIfNeeded();
      await page.getByText("20 recommendations so far").waitFor();
      await page.getByRole("link", { name: "Spending" }).click();
      await page.locator(".recharts-bar-rectangle").first().waitFor();
    },
  },
  {
    name: "explorer-phone",
    path: "/explorer/",
    ...PHONE,
    colorScheme: "light",
    prepare: openSample,
  },
];
