import type { EntityKey } from "../domain/entity-key";
import type { TenantId } from "../domain/tenant-id";
import type { FeedPeople } from "../feeds/feed/feed-people.port";
import { erasePerson, type Forgetting } from "./people/erase-person";
import { findPerson, isFound, type PersonTraces } from "./people/find-person";
import { ForgottenPeople, type PeopleReader } from "./people/forgotten-people";
import type { Database } from "./sql/database";

export type { NamingTrace, PersonTraces } from "./people/find-person";

/** What is recorded of a person: finds it and deletes it. */
export class SqlPeople {
  readonly #forgetting: Forgetting;

  constructor(
    private readonly database: Database,
    feedPeople: FeedPeople,
  ) {
    this.#forgetting = { forgotten: new ForgottenPeople(), feedPeople };
  }

  /** Everything that is recorded of the person with this key, which may be a past one; `null`: nothing is. */
  async find(tenant: TenantId, key: EntityKey): Promise<PersonTraces | null> {
    const traces = await findPerson(this.#reader(tenant), [key], this.#forgetting.feedPeople);
    return isFound(traces) ? traces : null;
  }

  /** Deletes all of it, or nothing. @returns what was recorded; `null`: nothing was. */
  async forget(tenant: TenantId, key: EntityKey, at: Date): Promise<PersonTraces | null> {
    if ((await this.find(tenant, key)) === null) return null; // a unit of work alone would write already
    return this.database.writing(tenant, (writer) => erasePerson(writer, [key], this.#forgetting, at));
  }

  /** Whether the person was forgotten before. */
  async isForgotten(tenant: TenantId, key: EntityKey): Promise<boolean> {
    return (await this.#forgetting.forgotten.find(this.#reader(tenant), [key])).size > 0;
  }

  #reader(tenant: TenantId): PeopleReader {
    return { tenant, rows: (wanted, given) => this.database.read(wanted, tenant, given) };
  }
}
