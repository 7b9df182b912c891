import type { TenantId } from "../domain/tenant-id";
import type { ProfileOptions } from "../feeds/profiles/profile-keeper.port";
import type { ProfileOptionsStore, RecordedOptions } from "../feeds/profiles/profile-options";
import { readSetting, replaceSetting } from "./setting.sql";
import type { Database } from "./sql/database";

/** Options of profiles in SQL: one text a tenant. */
export class SqlProfileOptionsStore implements ProfileOptionsStore {
  constructor(private readonly database: Database) {}

  async optionsOf(tenant: TenantId): Promise<RecordedOptions | null> {
    const text = await readSetting(this.database, nameOf(tenant));
    if (text === null) return null;
    const { options, at } = JSON.parse(text) as { readonly options: ProfileOptions; readonly at: string };
    return { options, at: new Date(at) };
  }

  async keepOptions(tenant: TenantId, recorded: RecordedOptions): Promise<void> {
    await replaceSetting(this.database, nameOf(tenant), JSON.stringify(recorded));
  }
}

function nameOf(tenant: TenantId): string {
  return `options of profiles of ${tenant}`;
}
