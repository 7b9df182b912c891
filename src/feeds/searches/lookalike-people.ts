import { isPersonKey, type EntityKey } from "../../domain/entity-key";
import { PROVIDERS, type Provider } from "../../domain/provider";
import { listIdOf } from "../../relay/cursor";
import type { Json } from "../feed/feed-model";
import type { FeedPeople, NamingFeed, StatePeople } from "../feed/feed-people.port";
import { LOOKALIKE_CONNECTION, type LookalikeQuery } from "./lookalike-feed";

/** The people that feeds of lookalikes name: their seeds, those who are left out, and those in the provider's state. */
export class LookalikePeople implements FeedPeople {
  readonly providers: readonly Provider[];

  /** @param states by provider; `null`: its states name nobody. */
  constructor(private readonly states: Readonly<Record<Provider, StatePeople | null>>) {
    this.providers = PROVIDERS.filter((provider) => states[provider] !== null);
  }

  seedsOf(feed: NamingFeed): readonly EntityKey[] {
    const { seeds = [], exclude = [] } = queryOf(feed) ?? {};
    const older = [...seeds, ...exclude].filter((one: unknown): one is Json => typeof one !== "string");
    // Feeds of older versions have the provider's own words in place of keys, as states have them.
    return [
      ...peopleOf(seeds),
      ...(older.length === 0 ? [] : (this.#statesOf(feed)?.peopleIn({ known: older }) ?? [])),
    ];
  }

  othersIn(feed: NamingFeed): readonly EntityKey[] {
    return [...peopleOf(queryOf(feed)?.exclude), ...(this.#statesOf(feed)?.peopleIn(feed.state) ?? [])];
  }

  without(feed: NamingFeed, people: ReadonlySet<EntityKey>): Pick<NamingFeed, "connection" | "query" | "state"> {
    const state = this.#statesOf(feed)?.without(feed.state, people) ?? feed.state;
    const { connection, query } = feed;
    const asked = queryOf(feed);
    if (!asked?.exclude.some((key) => people.has(key as EntityKey))) return { connection, query, state };
    const exclude = asked.exclude.filter((key) => !people.has(key as EntityKey));
    const changed = JSON.stringify({ ...asked, exclude } satisfies LookalikeQuery);
    return { connection: `${LOOKALIKE_CONNECTION}${listIdOf(changed)}`, query: changed, state };
  }

  #statesOf({ provider }: NamingFeed): StatePeople | null {
    return provider === "MERGED" ? null : this.states[provider];
  }
}

/** `null` where the feed is no feed of lookalikes. */
function queryOf({ connection, query }: NamingFeed): LookalikeQuery | null {
  return connection.startsWith(LOOKALIKE_CONNECTION) ? (JSON.parse(query) as LookalikeQuery) : null;
}

function peopleOf(named: readonly unknown[] = []): readonly EntityKey[] {
  return named.filter((one): one is EntityKey => typeof one === "string" && isPersonKey(one as EntityKey));
}
