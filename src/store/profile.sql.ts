import type { Profile, ProfileCriteria } from "../domain/profile";
import type { ProfileMember, ProfileStore, ProfileToSave } from "../feeds/profiles/profile-store.port";
import { chunked, drawMarks, type Database } from "./database";
import { closeFeeds } from "./feed.sql";
import type { IcpRow } from "./tables";

/** Profiles in SQL. */
export class SqlProfileStore implements ProfileStore {
  constructor(private readonly database: Database) {}

  async byExternalUserId(tenant: string, externalUserId: string | null): Promise<Profile | null> {
    if (externalUserId === "") return null; // nobody's: that is how the authenticated user's own is kept
    const row = await this.database
      .selectFrom("icp")
      .selectAll()
      .where("tenant", "=", tenant)
      .where("external_user_id", "=", externalUserId ?? "")
      .executeTakeFirst();
    return row ? toProfile(row) : null;
  }

  async byIds(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
    const found = new Map<string, Profile>();
    for (const some of chunked(ids, 1)) {
      const rows = await this.database
        .selectFrom("icp")
        .selectAll()
        .where("tenant", "=", tenant)
        .where("id", "in", some)
        .execute();
      for (const row of rows) found.set(row.id, toProfile(row));
    }
    return found;
  }

  async members(tenant: string): Promise<readonly ProfileMember[]> {
    const rows = await this.database
      .selectFrom("icp")
      .select(["id", "mark"])
      .where("tenant", "=", tenant)
      .orderBy("mark")
      .execute();
    return rows.map(({ id, mark }) => ({ id, mark }));
  }

  save({ tenant, id, externalUserId, criteria, sent, at, closing }: ProfileToSave): Promise<Profile> {
    return this.database.transaction().execute(async (database) => {
      const row = await database
        .insertInto("icp")
        .values({
          tenant,
          id,
          external_user_id: externalUserId ?? "",
          profile: JSON.stringify(criteria),
          sent: sent ? 1 : 0,
          created_at: at.getTime(),
          updated_at: at.getTime(),
          mark: await drawMarks(database, tenant, 1),
        })
        .onConflict((conflict) =>
          conflict.columns(["tenant", "external_user_id"]).doUpdateSet((eb) => ({
            profile: eb.ref("excluded.profile"),
            sent: eb.ref("excluded.sent"),
            updated_at: eb.ref("excluded.updated_at"),
          })),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      await closeFeeds(database, tenant, closing.connection, closing.goesOn);
      return toProfile(row);
    });
  }

  async isSent(tenant: string, id: string): Promise<boolean> {
    const row = await this.database
      .selectFrom("icp")
      .select("sent")
      .where("tenant", "=", tenant)
      .where("id", "=", id)
      .executeTakeFirst();
    return row?.sent === 1;
  }

  async markSent(tenant: string, id: string, sent: boolean): Promise<void> {
    await this.database
      .updateTable("icp")
      .set({ sent: sent ? 1 : 0 })
      .where("tenant", "=", tenant)
      .where("id", "=", id)
      .execute();
  }

  /** Has every profile sent again before it is next used: whoever had them forgot, or another takes their place. */
  async forgetSent(tenant: string): Promise<void> {
    await this.database.updateTable("icp").set({ sent: 0 }).where("tenant", "=", tenant).execute();
  }
}

function toProfile(row: IcpRow): Profile {
  return {
    id: row.id,
    externalUserId: row.external_user_id === "" ? null : row.external_user_id,
    criteria: JSON.parse(row.profile) as ProfileCriteria,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}
