import { createHash } from "node:crypto";
import { sql, type Kysely } from "kysely";

interface ProfileRow {
  readonly tenant: string;
  readonly id: string;
  readonly profile: string;
}

interface OldProfile {
  readonly providerId?: string;
  readonly examplePeople: readonly { readonly key: string; readonly lushaCompanyId: string | null }[];
}

/**
 * Example people of profiles get their company as an entity key: `lushaCompanyId: "1"` becomes
 * `companyKey: "Company:lusha:1"`. Merged feeds are found by a hash of the profile, so theirs changes with it.
 */
export async function keepCompanyKeys(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<ProfileRow>`
    select tenant, id, profile from icp where profile like '%"lushaCompanyId":%'`.execute(db);
  for (const { tenant, id, profile } of rows) {
    const { providerId, ...criteria } = JSON.parse(profile) as OldProfile;
    const renamed = { ...criteria, examplePeople: criteria.examplePeople.map(withCompanyKey) };
    const text = JSON.stringify({ ...renamed, ...(providerId === undefined ? {} : { providerId }) });
    await sql`update icp set profile = ${text} where tenant = ${tenant} and id = ${id}`.execute(db);
    await renameFeeds(db, tenant, `icp:${id}`, profileHash(criteria), profileHash(renamed));
  }
}

function withCompanyKey({ key, lushaCompanyId }: OldProfile["examplePeople"][number]): object {
  return { key, companyKey: lushaCompanyId === null ? null : `Company:lusha:${lushaCompanyId}` };
}

async function renameFeeds(
  db: Kysely<unknown>,
  tenant: string,
  connection: string,
  before: string,
  after: string,
): Promise<void> {
  const { rows } = await sql<{ readonly id: string; readonly query: string }>`
    select id, query from feed
    where tenant = ${tenant} and connection = ${connection} and provider = 'MERGED' and closed = 0`.execute(db);
  for (const { id, query } of rows) {
    const asked = JSON.parse(query) as { readonly profile: string };
    if (asked.profile !== before) continue;
    const renamed = JSON.stringify({ ...asked, profile: after });
    await sql`update feed set query = ${renamed}, query_hash = ${sha256(renamed)}
      where tenant = ${tenant} and id = ${id}`.execute(db);
  }
}

/** As merged feeds are named at this version: later versions may name them otherwise, so nothing is imported. */
function profileHash(criteria: object): string {
  return sha256(JSON.stringify(inFixedOrder(criteria))).slice(0, 32);
}

function inFixedOrder(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((one) => JSON.stringify(inFixedOrder(one))))].sort();
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, inFixedOrder(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
