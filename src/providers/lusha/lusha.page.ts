import type { NewItem } from "../../feeds/feed/feed-model";
import type { CallControl } from "../http/provider-call";
import type { LushaCompanySeed, LushaPersonSeed, LushaQuery } from "./lusha.query";

/** A row as an item, and as Lusha wants it named where it is to be left out. */
export interface LushaRow {
  readonly item: NewItem;
  readonly seed: LushaCompanySeed | LushaPersonSeed | null;
}

/** What one call brought. */
export interface LushaPage {
  /** `null` stands for one that cannot be read. */
  readonly rows: readonly (LushaRow | null)[];
  /** Continues the set; `null` where Lusha gave none. */
  readonly session: string | null;
  /** `null` where Lusha does not say. */
  readonly hasMore: boolean | null;
  /** `null` where Lusha does not say. */
  readonly credits: number | null;
}

/** One call of either of Lusha's interfaces. Each use of a session moves on, so no call is ever made twice. */
export interface LushaPages {
  /** Most rows of one call. */
  readonly largest: number;
  /**
   * @throws {ProviderError} `PROVIDER_SESSION_EXPIRED` where the session is no longer continued.
   */
  next(query: LushaQuery, session: string | null, limit: number, control: CallControl): Promise<LushaPage>;
}
