import { createHmac } from "node:crypto";
import { forgottenKey, type EntityKey } from "../../domain/entity-key";
import type { TenantId } from "../../domain/tenant-id";
import { makeSecret, readSecret } from "../setting.sql";
import type { Writer } from "../sql/database";
import { statement } from "../sql/statement";

interface Hashed {
  readonly hash: string;
}

const ANY = statement<{ readonly after: string }, Hashed>(
  "any forgotten person",
  { after: "text" },
  ({ given, join }) => `
    select forgotten.hash from ${given}
    ${join} forgotten_person as forgotten on forgotten.tenant = given.tenant and forgotten.hash > given.after limit 1`,
);

const FORGOTTEN = statement<Hashed, Hashed>(
  "forgotten people",
  { hash: "text" },
  ({ given, join }) => `
    select given.hash from ${given}
    ${join} forgotten_person as forgotten on forgotten.tenant = given.tenant and forgotten.hash = given.hash`,
);

const FORGET = statement<Hashed>(
  "forget people",
  { hash: "text" },
  ({ tenant, given }) => `
    insert into forgotten_person (tenant, hash) select ${tenant}, hash from ${given} where true
    on conflict (tenant, hash) do nothing`,
);

/** What a person's keys are read with: a unit of work, or the database. */
export type PeopleReader = Pick<Writer, "tenant" | "rows">;

/** What stands in place of each key of forgotten people. */
export type Forgotten = ReadonlyMap<EntityKey, EntityKey>;

const NONE: Forgotten = new Map();

/**
 * The people who were forgotten. Nothing is known of them but a hash of each of their keys, made with the tenant and a secret of
 * the database.
 */
export class ForgottenPeople {
  /** By tenant: the epoch in which nobody was forgotten. A write of another process gives a new epoch; `add` deletes the entry. */
  readonly #none = new Map<TenantId, number>();
  #secret: Buffer | null = null;

  /** Those of `keys` that are of forgotten people. Within a unit of work; mostly without a statement. */
  async among(writer: Writer, keys: readonly EntityKey[]): Promise<Forgotten> {
    if (keys.length === 0 || this.#none.get(writer.tenant) === writer.epoch) return NONE;
    const [any] = await writer.rows(ANY, [{ after: "" }]);
    if (any) return this.find(writer, keys);
    this.#none.set(writer.tenant, writer.epoch);
    return NONE;
  }

  /** Those of `keys` that are of forgotten people. */
  async find(reader: PeopleReader, keys: readonly EntityKey[]): Promise<Forgotten> {
    this.#secret ??= await readSecret(reader, "forgotten_secret");
    if (!this.#secret) return NONE; // nobody was forgotten
    const hashes = hashesOf(this.#secret, reader.tenant, keys);
    const found = await reader.rows(
      FORGOTTEN,
      [...new Set(hashes.values())].map((hash) => ({ hash })),
    );
    const known = new Set(found.map(({ hash }) => hash));
    return new Map([...hashes].flatMap(([key, hash]) => (known.has(hash) ? [[key, forgottenKey(hash)] as const] : [])));
  }

  /** Adds all keys of a person. @returns what stands in place of each. */
  async add(writer: Writer, keys: readonly EntityKey[]): Promise<Forgotten> {
    const secret = this.#secret ?? (await makeSecret(writer, "forgotten_secret"));
    const hashes = hashesOf(secret, writer.tenant, keys);
    await writer.change(
      FORGET,
      [...new Set(hashes.values())].map((hash) => ({ hash })),
    );
    this.#none.delete(writer.tenant);
    return new Map([...hashes].map(([key, hash]) => [key, forgottenKey(hash)]));
  }
}

function hashesOf(secret: Buffer, tenant: TenantId, keys: readonly EntityKey[]): ReadonlyMap<EntityKey, string> {
  const hashOf = (key: EntityKey): string =>
    createHmac("sha256", secret)
      .update(JSON.stringify([tenant, key]))
      .digest("base64url");
  return new Map(keys.map((key) => [key, hashOf(key)]));
}
