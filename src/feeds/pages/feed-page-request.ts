import type { ProviderError } from "../../domain/errors";
import type { PageRequest } from "../../relay/page-args";
import type { AnySource } from "../feed/feed-source.port";
import type { FeedHead, FeedName, Json } from "../feed/feed-model";
import type { RowReader } from "./row-reader";

/** The request for a page of one feed. */
export interface FeedPageRequest<Node> {
  /** The feed to read, if no cursor names another. */
  readonly name: FeedName;
  /** Other names of the feed. */
  readonly aliases?: readonly FeedName[];
  /** State of a new feed; left out: none. */
  readonly initialState?: Json;
  /** Whether a feed that a cursor names belongs to this connection; left out: if it has the connection's name. */
  readonly owns?: (feed: FeedName) => boolean;
  readonly source: AnySource;
  /**
   * Extends a feed that a cursor names; `null` where its rows are not requested. Left out: `source` extends all feeds of the
   * connection.
   */
  readonly sourceOf?: (feed: FeedHead) => AnySource | null;
  /** Providers that were requested by name and cannot serve the connection: issues of every page. */
  readonly absent: readonly ProviderError[];
  readonly page: PageRequest;
  /** The user whose profile the rows are for: the ledger has it. Left out: the user of the request. */
  readonly user?: string | null;
  /** Converts the feed's rows to nodes of the graph. */
  readonly rowReader: RowReader<Node>;
}
