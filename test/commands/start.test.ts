import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openLockedDatabase } from "../../src/store/open-locked-database";
import { startProcess, temporaryFolder, type ServerProcess } from "../support/server-process";

const READY = /ready at (http:\S+?)"/;

let folder: ReturnType<typeof temporaryFolder>;
let servers: ServerProcess[];

beforeEach(() => {
  folder = temporaryFolder();
  servers = [];
});

afterEach(async () => {
  for (const server of servers) server.kill("SIGKILL");
  await Promise.all(servers.map(({ exited }) => exited));
  folder.remove();
});

function start(env: Readonly<Record<string, string>>, args: readonly string[] = []): ServerProcess {
  const server = startProcess(folder.path, env, args);
  servers.push(server);
  return server;
}

/** The lines of a log, without their times. */
function linesOf(stdout: string): readonly unknown[] {
  const lines = stdout.trimEnd().split("\n").filter(Boolean);
  return lines.map((line) => ({ ...(JSON.parse(line) as object), time: 0 }));
}

/** The whole output of a start that failed, with the last line of the log in the place of all. */
async function failureOf(env: Readonly<Record<string, string>>): Promise<unknown> {
  const { code, stdout, stderr } = await start(env).exited;
  return { code, stderr, last: linesOf(stdout).at(-1) };
}

/** A start that failed with that message. */
function failedWith(msg: string) {
  return { code: 1, stderr: "", last: { level: 60, time: 0, msg } };
}

describe("tributary start", () => {
  it("logs which database is open, whether it is new, and who is configured", async () => {
    const env = { SURFE_API_KEY: "sk-surfe-secret", LUSHA_API_KEY: "sk-lusha-secret" };
    const path = join(folder.path, "data/tributary.db");
    const database = { database: `SQLite, ${path}`, version: "007-forgotten-people" };
    for (const [args, opened] of [
      [[], { isNew: true, msg: `the database is open: SQLite, ${path}, new, version 007-forgotten-people` }],
      [["start"], { isNew: false, msg: `the database is open: SQLite, ${path}, version 007-forgotten-people` }],
    ] as const) {
      const server = start(env, args);
      const url = await server.printed(READY);
      server.kill("SIGTERM");
      const { code, stdout, stderr } = await server.exited;
      expect({ code, stderr, lines: linesOf(stdout) }).toEqual({
        code: 0,
        stderr: "",
        lines: [
          { level: 30, time: 0, ...database, ...opened },
          { level: 30, time: 0, msg: "configured: 1 tenant: default (Surfe, Lusha)" },
          { level: 30, time: 0, msg: "listening" },
          { level: 30, time: 0, url, msg: `Tributary is ready at ${url}` },
          { level: 30, time: 0, msg: "stopping on SIGTERM" },
        ],
      });
    }
  });

  it("goes on where a promise is rejected that nobody waits for, and logs it", async () => {
    const reject = "process.on('SIGUSR2', () => void Promise.reject(new Error('of nobody')))";
    const server = start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(reject)}` });
    const url = await server.printed(READY);
    server.kill("SIGUSR2");
    expect(await server.printed(/"msg":"(a promise that [^"]*)"/)).toBe("a promise that nobody waits for was rejected");
    expect((await fetch(new URL("/healthz", url))).status).toBe(200);
    server.kill("SIGTERM");
    const { code, stderr } = await server.exited;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("names the address that is in use, and what to do", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const port = String((other.address() as AddressInfo).port);
    const failure = await failureOf({ PORT: port });
    await new Promise((resolve) => other.close(resolve));
    expect(failure).toEqual(
      failedWith(
        `another program listens on 127.0.0.1:${port} already. Stop it, or set PORT to another port (0 takes a free one) (EADDRINUSE).`,
      ),
    );
  });

  it("leaves the database as it is where the address is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { code } = await start({ PORT: String((other.address() as AddressInfo).port) }).exited;
    await new Promise((resolve) => other.close(resolve));
    expect({ code, files: readdirSync(folder.path) }).toEqual({ code: 1, files: [] });
  });

  it("says that the file is no database", async () => {
    writeFileSync(join(folder.path, "notes.txt"), "This is not a database.\n".repeat(100));
    expect(await failureOf({ DATABASE_URL: "file:./notes.txt" })).toEqual(
      failedWith("./notes.txt is no SQLite database. Correct DATABASE_URL, or move that file away (SQLITE_NOTADB)."),
    );
  });

  it("says that the folder cannot be written", async () => {
    writeFileSync(join(folder.path, "notes.txt"), "");
    expect(await failureOf({ DATABASE_URL: "file:./notes.txt/tributary.db" })).toEqual(
      failedWith(
        "this process cannot create or write ./notes.txt/tributary.db and files beside it. " +
          "Let its user write to that folder, or correct DATABASE_URL (ENOTDIR).",
      ),
    );
  });

  it("says that there is a folder in the place of the file", async () => {
    expect(await failureOf({ DATABASE_URL: "file:." })).toEqual(
      failedWith(". is a folder. Name a file in DATABASE_URL (EISDIR)."),
    );
  });

  it("names both versions where the database is of a newer one", async () => {
    const path = join(folder.path, "newer.db");
    await (await openLockedDatabase(path)).destroy();
    const sqlite = new Sqlite(path);
    sqlite.exec("insert into kysely_migration values ('999-newer', '2030-01-01')");
    sqlite.close();
    expect(await failureOf({ DATABASE_URL: "file:newer.db" })).toEqual(
      failedWith(
        "the database has version 999-newer, and this program knows versions up to 007-forgotten-people: start a newer program",
      ),
    );
  });

  it("prints the message to standard error where nothing is logged", async () => {
    const { code, stdout, stderr } = await start({ DATABASE_URL: "file:.", LOG_LEVEL: "silent" }).exited;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: ". is a folder. Name a file in DATABASE_URL (EISDIR).\n",
    });
  });

  it("knows its commands as a process too", async () => {
    const { code, stdout, stderr } = await start({}, ["strat"]).exited;
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr:
        'tributary has no command "strat". Commands: start, check, key, backup, ledger, ledger unsettled, ledger settle, forget, export. See tributary --help\n',
    });
  });
});

describe("the bin of the package", () => {
  it("is a file that Node runs", () => {
    const root = join(__dirname, "../..");
    const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly bin: object };
    expect(bin).toEqual({ tributary: "dist/main.js" });
    expect(readFileSync(join(root, "dist/main.js"), "utf8").split("\n")[0]).toBe("#!/usr/bin/env node");
  });
});
