import type { NewItem } from "../../feeds/feed/feed-model";
import type { CallControl } from "../http/provider-call";
import type { LushaCompanySeed, LushaPersonSeed, LushaQuery } from "./lusha.query";

/** A row as an item, and as a seed for `exclude`. */
export interface LushaRow {
  readonly item: NewItem;
  readonly seed: LushaCompanySeed | LushaPersonSeed | null;
}

/** The result of one call. */
export interface LushaPage {
  /** `null` for a row that cannot be read. */
  readonly rows: readonly (LushaRow | null)[];
  /** The id that continues the set; `null` where Lusha returned none. */
  readonly session: string | null;
  /** `null` where Lusha does not say. */
  readonly hasMore: boolean | null;
  /** `null` where Lusha does not say. */
  readonly credits: number | null;
}

/** Either of Lusha's interfaces. Each call with a session advances it, so no call may be repeated. */
export interface LushaPages {
  /** Maximum number of rows of one call. */
  readonly largest: number;
  /**
   * The next page of a set; `session` is `null` for a new one.
   *
   * @throws {ProviderError} `PROVIDER_SESSION_EXPIRED` where Lusha no longer continues the session.
   */
  next(query: LushaQuery, session: string | null, limit: number, control: CallControl): Promise<LushaPage>;
}
