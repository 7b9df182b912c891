import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { startSandbox } from "../../src/sandbox/sandbox";
import { startBrowser } from "../support/browser";
import { startTestApp } from "../support/test-app";
import { SHOTS, type Shot } from "./shots";

/** `npm run docs:screenshots` takes them; without it they are only looked at. */
const IS_WRITING = process.env["WRITE_DOCS"] !== undefined;
const MOST_BYTES = 300_000;

const builtIn = (name: string) => join(__dirname, "../../dist", name);
const fileOf = ({ name }: Shot) => join(__dirname, "../../docs/images", `${name}.png`);

let browser: Browser | undefined;
let closeBrowser: (() => Promise<void>) | undefined;

beforeAll(async () => {
  if (IS_WRITING) ({ browser, close: closeBrowser } = await startBrowser());
}, 300_000);

afterAll(() => closeBrowser?.());

async function take(shot: Shot, using: Browser): Promise<void> {
  const sandbox = await startSandbox();
  const app = await startTestApp({
    losesAnswers: true,
    providers: [],
    env: { SANDBOX: "on", PLAYGROUND: "on" },
    sandbox,
    playgroundDirectory: builtIn("playground"),
    explorerDirectory: builtIn("explorer"),
  });
  const { viewport, colorScheme, scale } = shot;
  const context = await using.newContext({ viewport, colorScheme, deviceScaleFactor: scale });
  context.setDefaultTimeout(10_000);
  try {
    const page = await context.newPage();
    await page.goto(new URL(shot.path, app.url).href);
    await shot.prepare(page);
    await page.mouse.move(0, 0); // nothing is hovered over
    await page.screenshot({ path: fileOf(shot), animations: "disabled" });
  } finally {
    await context.close();
    await app.stop();
    await sandbox.close();
  }
}

/** @see PNG, 11.2.2: the size stands at the beginning of the file. */
function sizeOf(png: Buffer): { readonly width: number; readonly height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

describe("docs/images", () => {
  it.each(SHOTS)("has $name, light enough to be looked at", async (shot) => {
    if (browser) await take(shot, browser);

    const png = readFileSync(fileOf(shot));
    const { viewport, scale } = shot;
    expect(sizeOf(png)).toEqual({ width: viewport.width * scale, height: viewport.height * scale });
    expect(png.length).toBeLessThan(MOST_BYTES);
  });
});
