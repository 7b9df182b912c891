import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MAIN = join(__dirname, "../../dist/main.js");

/** How a process ended. `code` is `null` where a signal ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built server as a process of its own. */
export interface ServerProcess {
  /** Resolves with what `pattern` captured, once standard output holds it. Rejects where the process ends first. */
  printed(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<Exit>;
}

/** A new folder for one test's database, and how to be rid of it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "tributary-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts `dist/main.js` in `folder`, with these variables and no others of ours; `args` name a command. */
export function startProcess(
  folder: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ServerProcess {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "npm run build:server" first`);
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], PORT: "0", PLAYGROUND: "off", SANDBOX: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return watch(child);
}

function watch(child: ChildProcess): ServerProcess {
  const output = { stdout: "", stderr: "" };
  let onOutput = (): void => undefined;
  const collect = (stream: "stdout" | "stderr"): void => {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
      onOutput();
    });
  };
  collect("stdout");
  collect("stderr");
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...output }));
  });
  return {
    exited,
    kill: (signal) => void child.kill(signal),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        onOutput = () => {
          const found = pattern.exec(output.stdout);
          if (!found) return;
          onOutput = () => undefined;
          resolve(found[1] ?? found[0]);
        };
        onOutput();
        exited.then(({ stdout, stderr }) => reject(new Error(`it ended first:\n${stdout}${stderr}`)), reject);
      }),
  };
}
