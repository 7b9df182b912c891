import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { NO_TENANT } from "../../../src/domain/tenant-id";
import { openPostgres } from "../../../src/store/open-postgres";
import { isAnswering } from "../../../src/store/open-database";
import { ACME_TENANT } from "../../support/tenants";
import { newPostgresUrl } from "../../support/test-database";

const server = new URL(process.env["TEST_POSTGRES_URL"] ?? "").host;

async function refusalOf(change: (url: URL) => void): Promise<unknown> {
  const url = new URL(process.env["TEST_POSTGRES_URL"] ?? "");
  change(url);
  return openPostgres({ url: url.href, max: 2, timeouts: { connectMs: 500 } }).catch((error: unknown) => error);
}

async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const port = String((probe.address() as AddressInfo).port);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describe("openPostgres", () => {
  it("says where nothing answers", async () => {
    const port = await freePort();
    expect(await refusalOf((url) => (url.port = port))).toMatchObject({
      name: "UnusableDatabaseError",
      message: `no PostgreSQL answers at 127.0.0.1:${port}. Start it, or correct the host and the port in DATABASE_URL (ECONNREFUSED).`,
    });
  });

  it("says who is not let in, and never the password", async () => {
    const refusal = await refusalOf((url) => (url.password = "s3cret"));
    expect(refusal).toMatchObject({
      code: "28P01",
      message: `PostgreSQL at ${server} does not let the user "tributary" in. Correct the user or the password in DATABASE_URL, or pg_hba.conf (28P01).`,
    });
    expect(String(refusal)).not.toContain("s3cret");
  });

  it("says that the database is missing", async () => {
    expect(await refusalOf((url) => (url.pathname = "/nowhere"))).toMatchObject({
      message: `PostgreSQL at ${server} has no database "nowhere". Create it, or correct the name in DATABASE_URL (3D000).`,
    });
  });

  it("says that PostgreSQL speaks no TLS", async () => {
    expect(await refusalOf((url) => url.searchParams.set("sslmode", "require"))).toMatchObject({
      message: `PostgreSQL at ${server} speaks no TLS. Turn it on there, or use sslmode=disable in DATABASE_URL.`,
    });
  });

  it("ends a statement that takes too long", async () => {
    const url = await newPostgresUrl();
    await (await openPostgres({ url, max: 2 })).destroy(); // migrated: what follows needs short statements only
    const database = await openPostgres({ url, max: 2, timeouts: { statementMs: 500 } });
    const sleep = { name: "test sleep", columns: {}, text: () => "select pg_sleep(60)" };
    await expect(database.read(sleep, NO_TENANT, [{}])).rejects.toMatchObject({ code: "57014" });
    await expect(database.writing(ACME_TENANT, (writer) => writer.rows(sleep, [{}]))).rejects.toMatchObject({
      trouble: "lock",
    });
    expect(await isAnswering(database)).toBe(true);
    await database.destroy();
    expect(await isAnswering(database)).toBe(false);
  });
});
