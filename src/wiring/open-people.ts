import type { TenantId } from "../domain/tenant-id";
import { SqlPeople, type PersonTraces } from "../store/people.sql";
import { personBytes } from "../store/people/person-bytes";
import { wipeSqlite, type Wiped } from "../store/wipe-sqlite";
import type { Configuration } from "./configuration";
import { openExisting, openExistingPostgres, openExistingToRead, tenantNamed } from "./open-existing";
import { FEED_PEOPLE } from "./provider-list";

const WIPED: Readonly<Record<Wiped, string>> = {
  "log emptied": "the log of the database is emptied",
  "pages cleaned": "what was left between rows of the database is overwritten",
  "file rewritten": "the file of the database is written anew",
};

/** What is recorded of people of one tenant, for commands. */
export interface OpenPeople {
  readonly tenant: TenantId;
  readonly people: SqlPeople;
  readonly close: () => Promise<void>;
}

/** The same, with the right to delete. */
export interface ForgettablePeople extends OpenPeople {
  /**
   * Resolves once every server on PostgreSQL has dropped what was deleted, after some seconds in any case. A server on SQLite cannot be
   * asked: it follows by itself.
   */
  readonly followed: () => Promise<void>;
  /**
   * Takes what was deleted out of the files of the database, as far as that can be done from here.
   *
   * @param traces what was deleted; `null`: it is not known any more.
   * @returns what was done, in words.
   */
  readonly wipe: (traces: PersonTraces | null) => Promise<string>;
}

/**
 * Opens what is recorded of people beside a server that may be running, for reading alone.
 *
 * @param wanted the tenant; `null`: the only one.
 * @throws {StartError} there is no such tenant, no database, or one of another version.
 */
export async function openPeople(config: Configuration, wanted: string | null): Promise<OpenPeople> {
  const tenant = tenantNamed(config, wanted);
  const database = await openExistingToRead(config.database);
  return { tenant, people: new SqlPeople(database, FEED_PEOPLE), close: () => database.destroy() };
}

/** Opens it to delete of it. Throws as `openPeople` does. */
export async function openForgettablePeople(config: Configuration, wanted: string | null): Promise<ForgettablePeople> {
  const tenant = tenantNamed(config, wanted);
  if (config.database.kind === "postgres") {
    const database = await openExistingPostgres(config.database);
    const people = new SqlPeople(database, FEED_PEOPLE);
    const wipe = async (): Promise<string> => {
      await database.vacuum();
      return "PostgreSQL has cleaned the tables (VACUUM)";
    };
    return { tenant, people, followed: () => database.processes.caughtUp(), wipe, close: () => database.destroy() };
  }
  const { path } = config.database;
  const database = await openExisting(config.database);
  const people = new SqlPeople(database, FEED_PEOPLE);
  const wipe = (traces: PersonTraces | null): Promise<string> =>
    Promise.resolve().then(() => WIPED[wipeSqlite(path, traces ? personBytes(traces) : [])]);
  return { tenant, people, followed: () => Promise.resolve(), wipe, close: () => database.destroy() };
}
