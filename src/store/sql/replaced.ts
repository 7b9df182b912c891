/**
 * What a write replaced of what other processes may have in memory; nothing else that they keep is wrong after it. They do not hear of a
 * write that replaced nothing.
 */
export interface Replaced {
  /** Feeds, by id. The lists of recommendations of companies and people have other rows, if a feed has. */
  readonly feeds: readonly string[];
  /** Whether companies or people, or the lists of people of companies, were replaced. */
  readonly entities: boolean;
}

/** What the ledger writes: processes read it anew each time. */
export const NOTHING: Replaced = { feeds: [], entities: false };

/** More feeds are not named one by one: a notification has 8,000 bytes at most. */
const MOST_FEEDS = 100;

/** What several writes replaced; `null`: anything. */
export function allReplaced(one: Replaced | null, other: Replaced | null): Replaced | null {
  if (!one || !other) return null;
  const feeds = [...new Set([...one.feeds, ...other.feeds])];
  return feeds.length > MOST_FEEDS ? null : { feeds, entities: one.entities || other.entities };
}

export function isNothing(replaced: Replaced | null): boolean {
  return replaced !== null && replaced.feeds.length === 0 && !replaced.entities;
}
