import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openDatabase, type Database } from "../../src/store/open-database";
import { openLockedDatabase } from "../../src/store/open-locked-database";
import { statement } from "../../src/store/sql/statement";
import { runCommand } from "../support/command";
import { query } from "../support/database";
import { deferred } from "../support/fake-feed";
import { startProcess, temporaryFolder } from "../support/server-process";
import { ACME_TENANT } from "../support/tenants";

const ADD = statement<{ readonly name: string }>(
  "test setting",
  { name: "text" },
  ({ given }) => `insert into setting (name, value) select name, 'x' from ${given}`,
);

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let target: string;
let env: Readonly<Record<string, string>>;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "tributary.db");
  target = join(folder.path, "backup.db");
  env = { DATABASE_URL: `file:${path}` };
});

afterEach(() => folder.remove());

async function add(database: Database, name: string): Promise<void> {
  await database.writing(ACME_TENANT, (writer) => writer.change(ADD, [{ name }]));
}

async function namesIn(file: string): Promise<readonly unknown[]> {
  const database = await openDatabase(file);
  const rows = await query(database, "select name from setting order by name");
  await database.destroy();
  return rows.map(({ name }) => name);
}

describe("tributary backup", () => {
  it("copies what is committed while a server has the database open and writes", async () => {
    const database = await openLockedDatabase(path);
    await add(database, "committed");
    const [begun, ended] = [deferred<undefined>(), deferred<undefined>()];
    const writing = database.writing(ACME_TENANT, async (writer) => {
      await writer.change(ADD, [{ name: "under way" }]);
      begun.resolve(undefined);
      await ended.promise;
    });
    await begun.promise;
    expect(await runCommand(["backup", target], env)).toEqual({
      status: 0,
      stdout: `SQLite, ${path}, is copied to ${target}\n`,
      stderr: "",
    });
    ended.resolve(undefined);
    await writing;
    await add(database, "later");
    expect(await namesIn(target)).toEqual(["committed"]);
    await database.destroy();
    expect(await namesIn(path)).toEqual(["committed", "later", "under way"]);
  });

  it("gives a file that only its owner reads, with nothing beside it", async () => {
    await (await openLockedDatabase(path)).destroy();
    await runCommand(["backup", target], env);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path).filter((name) => name.startsWith("backup"))).toEqual(["backup.db"]);
  });

  it("gives a file that a server starts on, beside the one that it was copied from", async () => {
    const first = startProcess(folder.path, env);
    await first.printed(/ready at/);
    const made = await startProcess(folder.path, env, ["backup", "backup.db"]).exited;
    expect(made).toEqual({ code: 0, signal: null, stdout: `SQLite, ${path}, is copied to backup.db\n`, stderr: "" });
    const second = startProcess(folder.path, { DATABASE_URL: "file:backup.db" });
    const text = `the database is open: SQLite, ${target}, version 007-forgotten-people`;
    expect(await second.printed(/the database is open: [^"]*/)).toBe(text);
    await second.printed(/ready at/);
    for (const server of [first, second]) server.kill("SIGTERM");
    expect((await Promise.all([first.exited, second.exited])).map(({ code }) => code)).toEqual([0, 0]);
  });

  it("refuses a file that exists, and leaves it as it is", async () => {
    await (await openLockedDatabase(path)).destroy();
    writeFileSync(target, "");
    expect(await runCommand(["backup", target], env)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${target} exists already. Name another file, or delete that one.\n`,
    });
    expect(statSync(target).size).toBe(0);
  });

  it("refuses a copy that is being written, or was broken off", async () => {
    await (await openLockedDatabase(path)).destroy();
    writeFileSync(`${target}.partial`, "half");
    expect(await runCommand(["backup", target], env)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${target}.partial exists already. Name another file, or delete that one.\n`,
    });
  });

  it("says that the copy cannot be written", async () => {
    await (await openLockedDatabase(path)).destroy();
    target = join(folder.path, "none/backup.db");
    expect(await runCommand(["backup", target], env)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${target}.partial cannot be written (ENOENT).\n`,
    });
  });

  it("says that there is no database, and makes none", async () => {
    expect(await runCommand(["backup", target], env)).toEqual({
      status: 1,
      stdout: "",
      stderr: `there is no database ${path}. Correct DATABASE_URL.\n`,
    });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("copies no file that is no database, and leaves nothing of it", async () => {
    writeFileSync(path, "This is not a database.\n".repeat(100));
    expect(await runCommand(["backup", target], env)).toEqual({
      status: 1,
      stdout: "",
      stderr: `${path} cannot be copied to ${target}: file is not a database (SQLITE_NOTADB).\n`,
    });
    expect(readdirSync(folder.path)).toEqual(["tributary.db"]);
  });

  it("names pg_dump for PostgreSQL, without user and password", async () => {
    const url = "postgres://tributary:s3cret@db.example.com/graph";
    expect(await runCommand(["backup", target], { DATABASE_URL: url })).toEqual({
      status: 1,
      stdout: "",
      stderr:
        'PostgreSQL at db.example.com:5432, database "graph", has tools of its own: use pg_dump, ' +
        "or the backups of whoever runs it. tributary backup copies SQLite only\n",
    });
  });

  it("refuses a database in memory", async () => {
    expect(await runCommand(["backup", target], { DATABASE_URL: "file::memory:" })).toEqual({
      status: 1,
      stdout: "",
      stderr: "a database in memory cannot be copied: it is in the server alone\n",
    });
  });
});
