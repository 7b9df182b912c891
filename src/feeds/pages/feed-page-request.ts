import type { ProviderError } from "../../domain/errors";
import type { PageRequest } from "../../relay/page-args";
import type { AnySource } from "../feed/feed-source.port";
import type { FeedHead, FeedName, Json } from "../feed/feed-model";
import type { RowReader } from "./row-reader";

/** A page of one feed, asked for. */
export interface FeedPageRequest<Node> {
  /** The feed that is read where no cursor names another. */
  readonly name: FeedName;
  /** Other names that this feed may have. */
  readonly aliases?: readonly FeedName[];
  /** The state in which it begins; left out: none. */
  readonly initialState?: Json;
  /** Whether a feed that a cursor names is one of this connection; left out: where it has the connection's name. */
  readonly owns?: (feed: FeedName) => boolean;
  readonly source: AnySource;
  /**
   * What extends a feed of the same connection that a cursor names; `null` where its rows are not what is asked for.
   * Left out, all feeds of the connection are alike.
   */
  readonly sourceOf?: (feed: FeedHead) => AnySource | null;
  /** Providers that were named for this connection and cannot serve it: issues of every page. */
  readonly absent: readonly ProviderError[];
  readonly page: PageRequest;
  /** Turns the feed's rows into what the graph shows. */
  readonly rowReader: RowReader<Node>;
}
