import type { EntityKey } from "../../domain/entity-key";
import type { Provider } from "../../domain/provider";
import type { FeedHead, Json } from "./feed-model";

/** The parts of a feed that may name people. */
export type NamingFeed = Pick<FeedHead, "connection" | "provider" | "query" | "state">;

/** The people that feeds name in their queries and states; those of their rows do not count. */
export interface FeedPeople {
  /** The providers whose feeds may name people. */
  readonly providers: readonly Provider[];
  /** Whom the feed is about: without them it has no meaning. */
  seedsOf(feed: NamingFeed): readonly EntityKey[];
  /** Everybody else that it names. */
  othersIn(feed: NamingFeed): readonly EntityKey[];
  /** The feed without some of the others. */
  without(feed: NamingFeed, people: ReadonlySet<EntityKey>): Pick<NamingFeed, "connection" | "query" | "state">;
}

/** The people in the states that a provider keeps of its feeds. */
export interface StatePeople {
  peopleIn(state: Json): readonly EntityKey[];
  without(state: Json, people: ReadonlySet<EntityKey>): Json;
}

/** Where no feed names anybody. */
export const NOBODY: FeedPeople = {
  providers: [],
  seedsOf: () => [],
  othersIn: () => [],
  without: (feed) => feed,
};
