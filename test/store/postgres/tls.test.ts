import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openPostgres } from "../../../src/store/open-postgres";
import { EXPIRED_CERTIFICATE, LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from "../../providers/http/loopback-certificate";
import { runCommand } from "../../support/command";
import { query } from "../../support/database";
import { startOwnCluster, type OwnCluster } from "../../support/postgres/own-cluster";
import { temporaryFolder } from "../../support/server-process";

let folder: ReturnType<typeof temporaryFolder>;
/** Its certificate is self-signed, so that it is its own authority, and is for 127.0.0.1 alone. */
let cluster: OwnCluster;
let authority: string;

beforeAll(async () => {
  folder = temporaryFolder();
  authority = join(folder.path, "authority.pem");
  writeFileSync(authority, LOOPBACK_CERTIFICATE);
  cluster = await startOwnCluster({ tls: { key: LOOPBACK_KEY, certificate: LOOPBACK_CERTIFICATE } });
});

afterAll(async () => {
  await cluster.end();
  folder.remove();
});

interface Given {
  readonly sslmode?: string;
  readonly sslrootcert?: string;
  readonly hostname?: string;
}

function urlWith({ hostname, ...options }: Given): string {
  const url = new URL(cluster.url);
  if (hostname !== undefined) url.hostname = hostname;
  for (const [name, value] of Object.entries(options)) url.searchParams.set(name, value);
  return url.href;
}

/** How many connections of the program there are, and how many of them over TLS; else why it does not start. */
async function outcomeOf(given: Given): Promise<unknown> {
  try {
    const database = await openPostgres({ url: urlWith(given), max: 2 });
    const counted = await query(
      database,
      `select count(*) as connections, count(*) filter (where ssl) as encrypted
       from pg_stat_ssl join pg_stat_activity using (pid)
       where application_name = current_setting('application_name')`,
    );
    await database.destroy();
    return counted[0];
  } catch (error) {
    return (error as Error).message.replaceAll(new URL(cluster.url).port, "PORT");
  }
}

const ENCRYPTED = { connections: 2, encrypted: 2 };

describe("a PostgreSQL that demands TLS", () => {
  it("is reached with sslmode=require, whoever signed its certificate: statements and notifications", async () => {
    expect(await outcomeOf({ sslmode: "require" })).toEqual(ENCRYPTED);
  });

  it("is reached with verify-full and the authority's file, and with verify-ca by another name", async () => {
    expect(await outcomeOf({ sslmode: "verify-full", sslrootcert: authority })).toEqual(ENCRYPTED);
    const byName = { sslrootcert: authority, hostname: "127.1" }; // the same address, by a name that the certificate has not
    expect(await outcomeOf({ ...byName, sslmode: "verify-ca" })).toEqual(ENCRYPTED);
    expect(await outcomeOf({ ...byName, sslmode: "verify-full" })).toBe(
      "the certificate of PostgreSQL at 127.1:PORT is for another host. Use the name that it has in DATABASE_URL, or sslmode=verify-ca (ERR_TLS_CERT_ALTNAME_INVALID).",
    );
  });

  it("is refused with verify-full where the authority is unknown", async () => {
    expect(await outcomeOf({ sslmode: "verify-full" })).toBe(
      "the certificate of PostgreSQL at 127.0.0.1:PORT cannot be verified. Name its authority (sslrootcert) in DATABASE_URL, or use another sslmode (DEPTH_ZERO_SELF_SIGNED_CERT).",
    );
    const stranger = join(folder.path, "stranger.pem");
    writeFileSync(stranger, EXPIRED_CERTIFICATE);
    expect(await outcomeOf({ sslmode: "require", sslrootcert: stranger })).toContain("cannot be verified");
  });

  it.each([{ sslmode: "disable" }, {}])(
    "is not reached without TLS, and start and check say what to do: %j",
    async (given) => {
      const message =
        'PostgreSQL at 127.0.0.1:PORT lets the user "tributary" in over TLS alone. Set sslmode=verify-full or sslmode=require in DATABASE_URL (28000).';
      expect(await outcomeOf(given)).toBe(message);
      const { status, stderr } = await runCommand(["check"], { PORT: "0", DATABASE_URL: urlWith(given) });
      expect([status, stderr.replaceAll(new URL(cluster.url).port, "PORT")]).toEqual([
        1,
        `start would refuse:\n  ${message}\n`,
      ]);
    },
  );

  it("says where an authority is missing, or its file cannot be read", async () => {
    expect(await outcomeOf({ sslmode: "verify-ca" })).toBe(
      "sslmode=verify-ca needs an authority. Name its file (sslrootcert) in DATABASE_URL, or use sslmode=verify-full.",
    );
    expect(await outcomeOf({ sslmode: "verify-full", sslrootcert: join(folder.path, "nowhere.pem") })).toBe(
      "a file that DATABASE_URL names (sslrootcert, sslcert, sslkey) cannot be read. Correct its path, or let this program's user read it (ENOENT).",
    );
  });
});
