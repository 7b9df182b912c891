import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isAnswering } from "../../src/store/open-database";
import { openLockedDatabase } from "../../src/store/open-locked-database";
import { temporaryFolder } from "../support/server-process";

let folder: ReturnType<typeof temporaryFolder>;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "data/tributary.db");
});

afterEach(() => folder.remove());

describe("openLockedDatabase", () => {
  it("refuses a file that is open already, and names PostgreSQL; takes it once that is closed", async () => {
    const first = await openLockedDatabase(path);
    await expect(openLockedDatabase(path)).rejects.toThrow(
      `another process has ${path} open. A file is for one process: stop the other one, ` +
        "or use PostgreSQL (DATABASE_URL=postgres://…) for several",
    );
    await first.destroy();
    const second = await openLockedDatabase(path);
    expect(await isAnswering(second)).toBe(true);
    await second.destroy();
  });

  it("gives the lock back where the file is no database", async () => {
    path = join(folder.path, "notes.txt");
    writeFileSync(path, "This is not a database.\n".repeat(100));
    for (let again = 0; again < 2; again += 1) {
      await expect(openLockedDatabase(path)).rejects.toThrow(
        `${path} is no SQLite database. Correct DATABASE_URL, or move that file away (SQLITE_NOTADB).`,
      );
    }
  });

  it("keeps databases in memory apart", async () => {
    const both = await Promise.all([openLockedDatabase(":memory:"), openLockedDatabase(":memory:")]);
    await Promise.all(both.map((one) => one.destroy()));
  });
});
