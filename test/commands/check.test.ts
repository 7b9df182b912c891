import { createServer, type AddressInfo, type Server } from "node:net";
import fs, { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "libsql";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { openLockedDatabase } from "../../src/store/open-locked-database";
import { runCommand } from "../support/command";
import { temporaryFolder } from "../support/server-process";

const SHA256 = "afacab3575137afa4e00d9cbcafcb14c9ae25f779d964eb0ea5b2c4eb5dfd163";

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let env: Readonly<Record<string, string>>;
let other: Server | null;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "data/tributary.db");
  env = { PORT: "0", DATABASE_URL: `file:${path}` };
  other = null;
});

afterEach(() => {
  other?.close();
  folder.remove();
});

/** The report for the sandbox, with its database in those words. */
function sandboxReport(database: string, address = "127.0.0.1:0"): string {
  return `address     http://${address}/graphql
database    ${database}
callers     anybody (AUTH is none)
tenants     one, by the environment
  sandbox   sandbox
pages       playground off, introspection on
operations  any
metrics     open
cursors     sealed by a secret in the database
proxy       none
log         info
traces      off
`;
}

const FINE = "start finds nothing to refuse\n";

describe("tributary check", () => {
  it("says what is configured, and creates nothing", async () => {
    expect(await runCommand(["check"], env)).toEqual({
      status: 0,
      stdout: sandboxReport(`SQLite, ${path}, new, version 007-forgotten-people`) + FINE,
      stderr: "",
    });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("says who is configured, without a secret", async () => {
    const tenantsFile = join(folder.path, "tenants.json");
    const keys = [{ name: "web", sha256: SHA256 }];
    const providers = { surfe: { apiKey: "sk-surfe-secret", creditBudget: 500 }, lusha: { apiKey: "sk-lusha-secret" } };
    const tenants = [
      { id: "acme", keys, providers, requestsPerMinute: 600 },
      { id: "globex", sandbox: true },
      { id: "initech" },
    ];
    writeFileSync(tenantsFile, JSON.stringify({ tenants }));
    const jwt = {
      JWT_JWKS_URL: "https://id.example.com/jwks",
      JWT_ISSUER: "https://id.example.com",
      JWT_AUDIENCE: "api",
    };
    const secrets = { CURSOR_SECRET: Buffer.alloc(32, 7).toString("base64"), METRICS_TOKEN: "metrics-secret" };
    const given = { AUTH: "api-key,jwt", TENANTS_FILE: tenantsFile, ...jwt, ...secrets };
    const more = { PROVIDER_PROXY: "http://proxy.example.com:3128", LOG_LEVEL: "warn", INTROSPECTION: "off" };
    expect(await runCommand(["check"], { ...env, ...given, ...more, HOST: "::1" })).toEqual({
      status: 0,
      stdout: `address     http://[::1]:0/graphql
database    SQLite, ${path}, new, version 007-forgotten-people
callers     api-key, jwt, tokens of https://id.example.com for api
tenants     ${tenantsFile}
  acme      Surfe (500 credits a month), Lusha; keys "web"; 600 requests a minute
  globex    sandbox
  initech   no provider
pages       playground off, introspection off
operations  any
metrics     with METRICS_TOKEN
cursors     sealed by CURSOR_SECRET
proxy       http://proxy.example.com:3128
log         warn
traces      off
${FINE}`,
      stderr: "",
    });
  });

  it("refuses a bad configuration as start does", async () => {
    expect(await runCommand(["check"], { ...env, LOG_LEVEL: "loud", TENANTS_FILE: "none.json" })).toEqual({
      status: 1,
      stdout: "",
      stderr: `bad configuration:
  LOG_LEVEL: takes fatal, error, warn, info, debug, trace or silent
  AUTH: takes api-key, jwt, or api-key,jwt while TENANTS_FILE is set
  TENANTS_FILE: its file cannot be read (ENOENT)
`,
    });
  });

  it("finds that the address is in use", async () => {
    const server = createServer();
    other = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const port = String((server.address() as AddressInfo).port);
    expect(await runCommand(["check"], { ...env, PORT: port })).toEqual({
      status: 1,
      stdout: sandboxReport(`SQLite, ${path}, new, version 007-forgotten-people`, `127.0.0.1:${port}`),
      stderr: `start would refuse:
  another program listens on 127.0.0.1:${port} already. Stop it, or set PORT to another port (0 takes a free one) (EADDRINUSE).
`,
    });
  });

  it("finds that the address is of another machine", async () => {
    const { status, stderr } = await runCommand(["check"], {
      ...env,
      HOST: "192.0.2.1",
      ALLOW_ANONYMOUS: "true",
      SANDBOX: "on",
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "start would refuse:\n  192.0.2.1 is no address of this machine. Correct HOST (EADDRNOTAVAIL).\n",
    });
  });

  it("finds that a process has the database open, and leaves it its lock", async () => {
    const database = await openLockedDatabase(path);
    const refused = {
      status: 1,
      stdout: sandboxReport(`SQLite, ${path}`),
      stderr: `start would refuse:
  another process has ${path} open. A file is for one process: stop the other one, or use PostgreSQL (DATABASE_URL=postgres://…) for several
`,
    };
    expect(await runCommand(["check"], env)).toEqual(refused);
    expect(await runCommand(["check"], env)).toEqual(refused);
    await database.destroy();
    expect((await runCommand(["check"], env)).status).toBe(0);
  });

  it("finds a database of a newer version, and changes no byte of it", async () => {
    await (await openLockedDatabase(path)).destroy();
    const sqlite = new Sqlite(path);
    sqlite.exec("insert into kysely_migration values ('999-newer', '2030-01-01'); pragma wal_checkpoint(truncate)");
    sqlite.close();
    const before = readFileSync(path);
    expect(await runCommand(["check"], env)).toEqual({
      status: 1,
      stdout: sandboxReport(`SQLite, ${path}`),
      stderr: `start would refuse:
  the database has version 999-newer, and this program knows versions up to 007-forgotten-people: start a newer program
`,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("says that start will migrate an older database, and does not migrate it", async () => {
    await (await openLockedDatabase(path)).destroy();
    const sqlite = new Sqlite(path);
    sqlite.exec("delete from kysely_migration where name = '007-forgotten-people'");
    sqlite.close();
    const expected = {
      status: 0,
      stdout: sandboxReport(`SQLite, ${path}, version 006-spending, migrated to 007-forgotten-people`) + FINE,
      stderr: "",
    };
    expect(await runCommand(["check"], env)).toEqual(expected);
    expect(await runCommand(["check"], env)).toEqual(expected);
  });

  it("leaves no file beside a database that a server has closed", async () => {
    const made = join(folder.path, "made.db");
    await (await openLockedDatabase(made)).destroy();
    const sqlite = new Sqlite(made);
    sqlite.exec("pragma wal_checkpoint(truncate)");
    sqlite.close();
    mkdirSync(join(folder.path, "data"));
    copyFileSync(made, path);
    expect(await runCommand(["check"], env)).toEqual({
      status: 0,
      stdout: sandboxReport(`SQLite, ${path}, version 007-forgotten-people`) + FINE,
      stderr: "",
    });
    expect(readdirSync(join(folder.path, "data"))).toEqual(["tributary.db"]);
  });

  it("finds that the nearest folder that exists cannot be written", async () => {
    const denied = Object.assign(new Error("permission denied"), { code: "EACCES" });
    const access = jest.spyOn(fs, "accessSync").mockImplementation(() => {
      throw denied; // tests may run as root, who may write everywhere
    });
    const result = await runCommand(["check"], env);
    const asked = access.mock.calls;
    access.mockRestore();
    expect(result).toEqual({
      status: 1,
      stdout: sandboxReport(`SQLite, ${path}`),
      stderr: `start would refuse:
  this process cannot create or write ${path} and files beside it. Let its user write to that folder, or correct DATABASE_URL (EACCES).
`,
    });
    expect(asked).toEqual([[`${folder.path}/.`, fs.constants.W_OK | fs.constants.X_OK]]);
  });

  it("finds a file that is no database, and leaves no file beside it", async () => {
    path = join(folder.path, "notes.txt");
    writeFileSync(path, "This is not a database.\n".repeat(100));
    expect(await runCommand(["check"], { PORT: "0", DATABASE_URL: `file:${path}` })).toEqual({
      status: 1,
      stdout: sandboxReport(`SQLite, ${path}`),
      stderr: `start would refuse:
  ${path} is no SQLite database. Correct DATABASE_URL, or move that file away (SQLITE_NOTADB).
`,
    });
    expect(readdirSync(folder.path)).toEqual(["notes.txt"]);
  });

  it("finds a file in the place of a folder, and a folder in the place of the file", async () => {
    writeFileSync(join(folder.path, "data"), "");
    const inFile = await runCommand(["check"], env);
    expect([inFile.status, inFile.stderr]).toEqual([
      1,
      `start would refuse:
  this process cannot create or write ${path} and files beside it. Let its user write to that folder, or correct DATABASE_URL (ENOTDIR).
`,
    ]);
    mkdirSync(join(folder.path, "folder"));
    const isFolder = await runCommand(["check"], { ...env, DATABASE_URL: `file:${join(folder.path, "folder")}` });
    expect([isFolder.status, isFolder.stderr]).toEqual([
      1,
      `start would refuse:
  ${join(folder.path, "folder")} is a folder. Name a file in DATABASE_URL (EISDIR).
`,
    ]);
    expect(existsSync(path)).toBe(false);
  });

  it("finds that PostgreSQL does not answer, and shows neither user nor password", async () => {
    const url = "postgres://tributary:s3cret@127.0.0.1:1/graph";
    expect(await runCommand(["check"], { ...env, DATABASE_URL: url })).toEqual({
      status: 1,
      stdout: sandboxReport('PostgreSQL at 127.0.0.1:1, database "graph"'),
      stderr: `start would refuse:
  no PostgreSQL answers at 127.0.0.1:1. Start it, or correct the host and the port in DATABASE_URL (ECONNREFUSED).
`,
    });
  });

  it("finds a registered operation that is not valid in the graph", async () => {
    const operations = join(folder.path, "operations.json");
    writeFileSync(operations, JSON.stringify({ one: "query One { nothing }" }));
    const { status, stderr } = await runCommand(["check"], { ...env, PERSISTED_OPERATIONS_FILE: operations });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `start would refuse:
  bad configuration:
    PERSISTED_OPERATIONS_FILE: operation "one" (One): Cannot query field "nothing" on type "Query".
`,
    });
  });
});
