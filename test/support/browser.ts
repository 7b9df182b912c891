import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";

const unpack = `require("@sparticuz/chromium").executablePath().then((path) => process.stdout.write(path))`;

/**
 * A Chromium that needs nothing installed: @sparticuz/chromium carries the program, its fonts and, for what it takes for
 * AWS Lambda, the shared libraries. It unpacks wherever TMPDIR says, so a child process unpacks it into a folder of its
 * own: the usual /tmp/chromium may be half written by another run.
 */
export async function startBrowser(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-browser-"));
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const { stdout: executablePath } = await promisify(execFile)(process.execPath, ["-e", unpack], {
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" },
    });
    const browser = await chromium.launch({
      executablePath,
      args: launchArguments,
      env: {
        ...process.env,
        HOME: folder,
        FONTCONFIG_FILE: await writeFontConfiguration(folder),
        LD_LIBRARY_PATH: [join(folder, "al2023", "lib"), process.env["LD_LIBRARY_PATH"] ?? ""]
          .filter(Boolean)
          .join(":"),
      },
    });
    return { browser, close: () => browser.close().finally(removeFolder) };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** The configuration that comes along looks for the fonts in /tmp/fonts; a Chromium that finds no font at all dies of it. */
async function writeFontConfiguration(folder: string): Promise<string> {
  const path = join(folder, "fonts.conf");
  const folders = `<dir>${join(folder, "fonts")}</dir><cachedir>${join(folder, "font-cache")}</cachedir>`;
  await writeFile(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}</fontconfig>`,
  );
  return path;
}

// @sparticuz/chromium's own arguments turn web security off and run all in one process: neither is wanted in a test of security
const launchArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--disable-gpu",
  "--no-pings",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
