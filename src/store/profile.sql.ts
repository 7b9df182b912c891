import type { Profile, ProfileCriteria } from "../domain/profile";
import type { TenantId } from "../domain/tenant-id";
import type { ProfilePage, ProfilePart, ProfileStore, ProfileToSave } from "../feeds/profiles/profile-store.port";
import { ForgottenPeople } from "./people/forgotten-people";
import { peopleInCriteria, withoutPeople } from "./people/profile-people";
import { closeFeeds } from "./feeds/closing";
import type { Database, Writer } from "./sql/database";
import { statement } from "./sql/statement";

interface IcpRow {
  readonly id: string;
  /** Empty for the profile of the authenticated user. */
  readonly external_user_id: string;
  /** JSON: the criteria, and the provider's own id of the profile. */
  readonly profile: string;
  /** The round in which the provider that stores profiles got this version; 0: it does not have it. */
  readonly sent: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly mark: number;
}

const COLUMNS = `icp.id, icp.external_user_id, icp.profile, icp.sent, icp.created_at, icp.updated_at, icp.mark`;

/** The current round. Profiles that were sent in an earlier round must be sent again. */
const ROUND = (tenant: string): string =>
  `coalesce((select value from counter where tenant = ${tenant} and name = 'round of profiles'), 1)`;

const ICP_OF_USER = statement<{ readonly external_user_id: string }, IcpRow>(
  "profile of user",
  { external_user_id: "text" },
  ({ given, join }) => `
    select ${COLUMNS} from ${given}
    ${join} icp on icp.tenant = given.tenant and icp.external_user_id = given.external_user_id`,
);

const ICPS = statement<{ readonly id: string }, IcpRow>(
  "profiles",
  { id: "text" },
  ({ given, join }) => `select ${COLUMNS} from ${given} ${join} icp on icp.tenant = given.tenant and icp.id = given.id`,
);

interface Range {
  readonly after: number;
  readonly before: number;
  readonly count: number;
}

/** The first or last `count` profiles between two marks. */
const icpsBetween = (name: string, order: "asc" | "desc") =>
  statement<Range, IcpRow>(
    name,
    { after: "integer", before: "integer", count: "integer" },
    ({ tenant, given }) => `
      select ${COLUMNS} from icp
      where icp.tenant = ${tenant} and icp.mark > (select given.after from ${given})
        and icp.mark < (select given.before from ${given})
      order by icp.mark ${order} limit (select given.count from ${given})`,
  );

const FIRST_ICPS = icpsBetween("first profiles", "asc");
const LAST_ICPS = icpsBetween("last profiles", "desc");

/** Whether there are profiles before and after a part of the list, and the number of all. */
const AROUND = statement<
  { readonly before: number; readonly after: number },
  { readonly earlier: number; readonly later: number; readonly total: number }
>(
  "profiles around",
  { before: "integer", after: "integer" },
  ({ tenant, given }) => `
    select (select icp.mark from icp where icp.tenant = given.tenant and icp.mark < given.before order by icp.mark desc limit 1)
        is not null as earlier,
      (select icp.mark from icp where icp.tenant = given.tenant and icp.mark > given.after order by icp.mark limit 1)
        is not null as later,
      coalesce((select value from counter where tenant = ${tenant} and name = 'profiles'), 0) as total
    from ${given}`,
);

const ADD_ICP = statement<IcpRow>(
  "add profile",
  {
    id: "text",
    external_user_id: "text",
    profile: "text",
    sent: "integer",
    created_at: "integer",
    updated_at: "integer",
    mark: "integer",
  },
  ({ tenant, given }) => `
    insert into icp (tenant, id, external_user_id, profile, sent, created_at, updated_at, mark)
    select ${tenant}, id, external_user_id, profile, case when sent = 0 then 0 else ${ROUND(tenant)} end, created_at,
      updated_at, mark
    from ${given}`,
);

const REPLACE_ICP = statement<Pick<IcpRow, "id" | "profile" | "sent" | "updated_at">>(
  "replace profile",
  { id: "text", profile: "text", sent: "integer", updated_at: "integer" },
  ({ tenant, given }) => `
    update icp set (profile, updated_at, sent) = (
      select given.profile, given.updated_at, case when given.sent = 0 then 0 else ${ROUND(tenant)} end
      from ${given} where given.id = icp.id)
    where (icp.tenant, icp.id) in (select given.tenant, given.id from ${given})`,
);

const IS_SENT = statement<{ readonly id: string }, { readonly sent: number }>(
  "whether profile is sent",
  { id: "text" },
  ({ tenant, given, join }) => `
    select icp.sent = ${ROUND(tenant)} as sent from ${given}
    ${join} icp on icp.tenant = given.tenant and icp.id = given.id`,
);

const MARK_SENT = statement<Pick<IcpRow, "id" | "sent">>(
  "mark profile sent",
  { id: "text", sent: "integer" },
  ({ tenant, given }) => `
    update icp set sent = (
      select case when given.sent = 0 then 0 else ${ROUND(tenant)} end from ${given} where given.id = icp.id)
    where (icp.tenant, icp.id) in (select given.tenant, given.id from ${given})`,
);

const DELETE_ICP = statement<{ readonly id: string }>(
  "delete profile",
  { id: "text" },
  ({ given }) => `delete from icp where (icp.tenant, icp.id) in (select given.tenant, given.id from ${given})`,
);

/** Adds `step` to a counter; a new counter has the value `first`. */
const COUNT = statement<{ readonly name: string; readonly first: number; readonly step: number }>(
  "count",
  { name: "text", first: "integer", step: "integer" },
  ({ tenant, given }) => `
    insert into counter (tenant, name, value) select ${tenant}, name, first from ${given} where true
    on conflict (tenant, name) do update set value = counter.value + (select given.step from ${given})`,
);

/** Profiles in SQL. */
export class SqlProfileStore implements ProfileStore {
  constructor(
    private readonly database: Database,
    private readonly forgotten = new ForgottenPeople(),
  ) {}

  async byExternalUserId(tenant: TenantId, externalUserId: string | null): Promise<Profile | null> {
    if (externalUserId === "") return null; // no user has this id: it marks the authenticated user's own profile
    const [row] = await this.database.read(ICP_OF_USER, tenant, [{ external_user_id: externalUserId ?? "" }]);
    return row ? toProfile(row) : null;
  }

  async byIds(tenant: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
    const rows = await this.database.read(
      ICPS,
      tenant,
      ids.map((id) => ({ id })),
    );
    return new Map(rows.map((row) => [row.id, toProfile(row)]));
  }

  async part(tenant: TenantId, { direction, count, after, before }: ProfilePart): Promise<ProfilePage> {
    const range = { after: after ?? -1, before: before ?? Number.MAX_SAFE_INTEGER, count };
    const isForward = direction === "forward";
    const found = await this.database.read(isForward ? FIRST_ICPS : LAST_ICPS, tenant, [range]);
    const rows = isForward ? found : [...found].reverse();
    // An empty part has a place, too: profiles up to there are before it, the others after it.
    const place = isForward ? range.after : Math.max(range.after, range.before - 1);
    const around = { before: rows[0]?.mark ?? place + 1, after: rows.at(-1)?.mark ?? place };
    const [sides] = await this.database.read(AROUND, tenant, [around]);
    return {
      members: rows.map((row) => ({ profile: toProfile(row), mark: row.mark })),
      hasPrevious: sides?.earlier === 1,
      hasNext: sides?.later === 1,
      total: sides?.total ?? 0,
    };
  }

  save({ tenant, id, externalUserId, providerId, criteria, sent, at, closing }: ProfileToSave): Promise<Profile> {
    return this.database.writing(tenant, async (writer) => {
      const [known] = await writer.rows(ICP_OF_USER, [{ external_user_id: externalUserId ?? "" }]);
      const forgotten = await this.forgotten.among(writer, peopleInCriteria(criteria));
      const saved = forgotten.size === 0 ? criteria : withoutPeople(criteria, forgotten);
      const row: IcpRow = {
        id,
        external_user_id: externalUserId ?? "",
        created_at: at.getTime(),
        mark: NaN,
        ...known,
        profile: JSON.stringify({ ...saved, ...(providerId === undefined ? {} : { providerId }) }),
        sent: sent ? 1 : 0,
        updated_at: at.getTime(),
      };
      await (known ? writer.change(REPLACE_ICP, [row]) : addIcp(writer, row));
      await closeFeeds(writer, closing.connection, closing.goesOn);
      return toProfile(row);
    });
  }

  delete(tenant: TenantId, id: string, connection: string): Promise<void> {
    return this.database.writing(tenant, async (writer) => {
      await writer.change(DELETE_ICP, [{ id }]);
      await writer.change(COUNT, [{ name: "profiles", first: 0, step: -1 }]);
      await closeFeeds(writer, connection, () => false);
    });
  }

  async isSent(tenant: TenantId, id: string): Promise<boolean> {
    const [row] = await this.database.read(IS_SENT, tenant, [{ id }]);
    return row?.sent === 1;
  }

  markSent(tenant: TenantId, id: string, sent: boolean, providerId: string | null = null): Promise<void> {
    return this.database.writing(tenant, async (writer) => {
      await writer.change(MARK_SENT, [{ id, sent: sent ? 1 : 0 }]);
      const [row] = providerId === null ? [] : await writer.rows(ICPS, [{ id }]);
      if (!row) return;
      const profile = JSON.stringify({ ...(JSON.parse(row.profile) as object), providerId });
      if (profile !== row.profile) await writer.change(REPLACE_ICP, [{ ...row, profile, sent: sent ? 1 : 0 }]);
    });
  }

  /** Makes every profile be sent again before its next use: the provider lost them, or another account is used. */
  forgetSent(tenant: TenantId): Promise<void> {
    return this.database.writing(tenant, async (writer) => {
      await writer.change(COUNT, [{ name: "round of profiles", first: 2, step: 1 }]);
    });
  }
}

async function addIcp(writer: Writer, row: IcpRow): Promise<void> {
  await writer.change(ADD_ICP, [{ ...row, mark: writer.draw(1) }]);
  await writer.change(COUNT, [{ name: "profiles", first: 1, step: 1 }]);
}

function toProfile(row: IcpRow): Profile {
  const { providerId, ...criteria } = JSON.parse(row.profile) as ProfileCriteria & { readonly providerId?: string };
  return {
    ...(providerId === undefined ? {} : { providerId }),
    id: row.id,
    externalUserId: row.external_user_id === "" ? null : row.external_user_id,
    criteria,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}
