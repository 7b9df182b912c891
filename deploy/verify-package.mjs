// Packs this checkout, installs the package with its production dependencies alone into an empty folder, starts it there as
// `npx tributary`, and asks it and its pages. Run it after `npm run build`; it takes about a minute.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "tributary-package-"));

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** Resolves with the address of the graph, once the server is ready. */
function ready(server) {
  let output = "";
  return new Promise((resolve, reject) => {
    server.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      const url = /ready at (http:\S+?)"/.exec(output)?.[1];
      if (url) resolve(url);
    });
    server.stderr.setEncoding("utf8").on("data", (text) => (output += text));
    server.once("close", () => reject(new Error(`it ended first:\n${output}`)));
  });
}

async function expectAnswer(url, options, isRight) {
  const response = await fetch(url, options);
  const text = await response.text();
  if (!response.ok || !isRight(text, response))
    throw new Error(`${url} answered ${String(response.status)}: ${text.slice(0, 300)}`);
}

async function ask(url) {
  const body = JSON.stringify({ query: "{ icps(first: 1) { nodes { id } } }" });
  const headers = { "content-type": "application/json" };
  await expectAnswer(url, { method: "POST", headers, body }, (text) => text.includes('"data":{"icps"'));
  for (const page of ["/playground/", "/explorer/"]) {
    const address = new URL(page, url);
    await expectAnswer(address, {}, (text) => text.includes("<title>"));
    const script = /(?:src|href)="([^"]+\.js)"/.exec(await (await fetch(address)).text())?.[1] ?? "";
    await expectAnswer(new URL(script, url), {}, (_, response) => response.headers.get("content-encoding") === "gzip");
  }
}

try {
  // `npm run build` has run: the pages are packed as they are. The lock goes along, so the versions are the tested ones.
  run("cp", ["package-lock.json", "npm-shrinkwrap.json"], root);
  try {
    run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], root);
  } finally {
    rmSync(join(root, "npm-shrinkwrap.json"));
  }
  const [tarball] = readdirSync(folder);
  run("npm", ["init", "--yes"], folder);
  run("npm", ["install", "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund", `./${tarball}`], folder);
  run("npx", ["--no-install", "tributary", "--help"], folder);
  const server = spawn("npx", ["--no-install", "tributary"], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: "0" },
    detached: true,
  });
  try {
    await ask(await ready(server));
  } finally {
    process.kill(-server.pid, "SIGTERM"); // npx and what it runs
    await new Promise((resolve) => server.once("close", resolve));
  }
  console.log(`${tarball} works from an empty folder`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
