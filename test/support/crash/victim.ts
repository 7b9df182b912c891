import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";

const ENTRY = join(__dirname, "victim-process.mjs");
const BUILT = join(__dirname, "../../../dist/tributary.js");

/** Where a server kills itself: at a write, numbered from 1. `sent`: once the statement was sent, before its answer. */
export interface KillPoint {
  readonly at: number;
  readonly when: "before" | "after" | "sent";
}

/** No write has this number: nothing is killed, and the writes are counted. */
export const NEVER: KillPoint = { at: 0, when: "before" };

/** A server in a process of its own, which can be killed at a write. */
export interface Victim {
  /** @returns the address of the graph. */
  start(env: Readonly<Record<string, string>>): Promise<string>;
  /** From now on writes are counted, and the process is killed at that point. */
  arm(point: KillPoint): Promise<void>;
  /** The beginnings of the writes since `arm`. */
  writes(): Promise<readonly string[]>;
  kill(): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
}

type Reply =
  | { readonly kind: "loaded" | "armed" }
  | { readonly kind: "started"; readonly url: string }
  | { readonly kind: "counted"; readonly texts: readonly string[] };

/** Begins to load the server in a new process, which takes a second; `start` waits for it. */
export function newVictim(): Victim {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run "npm run build:server" first`);
  const child = fork(ENTRY, {
    env: { PATH: process.env["PATH"] },
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(() => undefined);
  const loaded = replyOf(child);
  loaded.catch(() => undefined); // it may be killed before anybody waits for it
  const ask = async (message: object): Promise<Reply> => {
    await loaded;
    const reply = replyOf(child);
    child.send(message);
    return reply;
  };
  return {
    ended,
    kill: () => void child.kill("SIGKILL"),
    arm: async (point) => {
      await ask({ kind: "arm", ...point });
    },
    start: async (env) => {
      const reply = await ask({ kind: "start", env });
      return reply.kind === "started" ? reply.url : "";
    },
    writes: async () => {
      const reply = await ask({ kind: "count" });
      return reply.kind === "counted" ? reply.texts : [];
    },
  };
}

/** The next reply. Rejects if the process ends first. */
function replyOf(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error("the process ended before it replied"));
    child.once("exit", onExit);
    child.once("message", (reply) => {
      child.off("exit", onExit);
      resolve(reply as Reply);
    });
  });
}
