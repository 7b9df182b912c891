import type { TenantId } from "../domain/tenant-id";
import { Entities } from "../feeds/entities/entities";
import { ProfileCache } from "../feeds/profiles/profile-cache";
import { Lookalikes } from "../feeds/searches/lookalikes";
import type { SharedServices } from "../providers/descriptor/provider-descriptor";
import type { Database } from "../store/open-database";
import { SqlEntityStore } from "../store/entity.sql";
import { SqlFeedStore } from "../store/feed.sql";
import { ForgottenPeople } from "../store/people/forgotten-people";
import { SqlProfileOptionsStore } from "../store/profile-options.sql";
import { SqlProfileStore } from "../store/profile.sql";
import { SqlCallLedger } from "../store/ledger.sql";
import { replaceSetting } from "../store/setting.sql";
import { SqlSpendingReport } from "../store/spending.sql";
import { SqlSweep } from "../store/sweep.sql";
import { FEED_PEOPLE, PREFERENCE } from "./provider-list";

/** The stores, and the entities that are read from them. One set for the whole process. */
export interface Stores {
  readonly feedStore: SqlFeedStore;
  readonly profileStore: SqlProfileStore;
  readonly profileCache: ProfileCache;
  readonly profileOptionsStore: SqlProfileOptionsStore;
  readonly ledger: SqlCallLedger;
  readonly spendingReport: SqlSpendingReport;
  readonly entityStore: SqlEntityStore;
  readonly entities: Entities;
  readonly sweep: SqlSweep;
}

export function storesOf(database: Database): Stores {
  const forgetting = { forgotten: new ForgottenPeople(), feedPeople: FEED_PEOPLE };
  const profileStore = new SqlProfileStore(database, forgetting.forgotten);
  const entityStore = new SqlEntityStore(database, forgetting);
  return {
    feedStore: new SqlFeedStore(database, forgetting),
    profileStore,
    profileOptionsStore: new SqlProfileOptionsStore(database),
    profileCache: new ProfileCache(profileStore),
    ledger: new SqlCallLedger(database),
    spendingReport: new SqlSpendingReport(database),
    entityStore,
    entities: new Entities(entityStore, PREFERENCE),
    sweep: new SqlSweep(database),
  };
}

/** The services that providers need of the stores. */
export function sharedServices(
  { profileStore, profileCache, entities }: Stores,
  accountSecret: Buffer,
): SharedServices {
  return {
    profiles: {
      isSent: (tenant, id) => profileStore.isSent(tenant, id),
      markSent: async (tenant, id, sent, providerId = null) => {
        await profileStore.markSent(tenant, id, sent, providerId);
        const profile = providerId === null ? undefined : (await profileStore.byIds(tenant, [id])).get(id);
        if (profile) profileCache.keep(tenant, profile);
      },
    },
    accountSecret,
    lookalikesBy: (provider) => new Lookalikes(provider, entities),
  };
}

/** Marks all profiles as not sent if the account at the provider that stores profiles has changed. */
export async function followAccount(
  database: Database,
  stores: Stores,
  tenant: TenantId,
  account: string | null,
): Promise<void> {
  if (account === null) return;
  const before = await replaceSetting(database, `account for profiles of ${tenant}`, account);
  if (before !== null && before !== account) await stores.profileStore.forgetSent(tenant);
}
