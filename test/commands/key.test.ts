import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readConfiguration } from "../../src/wiring/configuration";
import { runCommand } from "../support/command";
import { present } from "../support/present";
import { temporaryFolder } from "../support/server-process";

const KEY = /^trib_[\w-]{43}$/m;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe("tributary key", () => {
  it("prints a key, and the line of its hash", async () => {
    const { status, stdout, stderr } = await runCommand(["key", "--tenant", "acme", "--name", "web"]);
    const key = present(KEY.exec(stdout)?.[0]);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: `The key, shown this once:

${key}

Its line in the list "keys" of the tenant acme, in the tenants file:

{ "name": "web", "sha256": "${createHash("sha256").update(key).digest("hex")}", "scopes": ["read", "spend", "write", "users"] }
`,
      stderr: "",
    });
  });

  it("prints a line that the tenants file takes, with the scopes that were asked for", async () => {
    const args = ["key", "--tenant=acme", '--name=the "web"', "--scopes", "spend, read,spend"];
    const { stdout } = await runCommand(args);
    const line = present(stdout.trimEnd().split("\n").at(-1));
    const path = join(folder.path, "tenants.json");
    writeFileSync(path, `{ "tenants": [{ "id": "acme", "keys": [${line}] }] }`);
    const { tenants } = readConfiguration({ AUTH: "api-key", TENANTS_FILE: path });
    const sha256 = createHash("sha256")
      .update(present(KEY.exec(stdout)?.[0]))
      .digest("hex");
    expect(tenants?.map(({ keys }) => keys)).toEqual([
      [{ name: 'the "web"', sha256, scopes: new Set(["spend", "read"]) }],
    ]);
  });

  it("makes another key each time", async () => {
    const both = await Promise.all([1, 2].map(() => runCommand(["key", "--tenant", "acme", "--name", "web"])));
    expect(new Set(both.map(({ stdout }) => KEY.exec(stdout)?.[0])).size).toBe(2);
  });

  it("refuses what the tenants file would refuse, and prints no key", async () => {
    expect(await runCommand(["key", "--tenant", "Acme", "--name", "", "--scopes", "read,spent"])).toEqual({
      status: 1,
      stdout: "",
      stderr: `tributary key: --tenant takes lower-case letters, digits and hyphens, 1 to 63 of them, a hyphen not first
tributary key: --name takes a text of 1 to 100 characters, without control characters
tributary key: --scopes takes read, spend, write, users
`,
    });
  });
});
