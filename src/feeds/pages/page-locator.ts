import { InputError } from "../../domain/errors";
import { NO_TENANT } from "../../domain/tenant-id";
import { isNamedList, refuseCursor, type CursorSealer, type OpenedCursor } from "../../relay/cursor";
import type { PlacedRequest } from "../../relay/window";
import type { Feed } from "../feed/feed";
import type { FeedName } from "../feed/feed-model";
import type { AnySource } from "../feed/feed-source.port";
import type { Feeds } from "../feed/feeds";
import type { FeedPageRequest } from "./feed-page-request";
import { orError } from "./or-error";

/** A page request with its feed; `feed` is `null` where none has begun yet. */
export interface LocatedPage<Node> {
  readonly request: FeedPageRequest<Node>;
  readonly feed: Feed | null;
  /** Extends the feed. */
  readonly source: AnySource;
  readonly placed: PlacedRequest;
}

/** The opened cursors of a request; `feedId` is `null` where there are none. */
interface Cursors {
  readonly after: OpenedCursor | null;
  readonly before: OpenedCursor | null;
  readonly feedId: string | null;
}

/** First step of a page: opens its cursors, and finds the feed by them or by name. */
export class PageLocator {
  constructor(private readonly dependencies: { readonly feeds: Feeds; readonly sealer: CursorSealer }) {}

  /** `null` where the feed is not in memory. @throws {InputError} a cursor is not of this connection. */
  peek<Node>(request: FeedPageRequest<Node>): LocatedPage<Node> | null {
    const { feeds } = this.dependencies;
    const cursors = this.#open(request);
    const feed =
      cursors.feedId === null ? feeds.peekNewest(request) : feeds.peekById(request.name.tenant, cursors.feedId);
    return feed && locate(request, feed, cursors);
  }

  /**
   * In the order of `requests`, which are of one tenant; an error where `peek` would throw. One store query for all that have a cursor,
   * and one for all that have none.
   */
  async locate<Node>(requests: readonly FeedPageRequest<Node>[]): Promise<readonly (LocatedPage<Node> | Error)[]> {
    const { feeds } = this.dependencies;
    const opened = await Promise.all(
      requests.map(async (request) => ({ request, cursors: await orError(() => this.#open(request)) })),
    );
    const ids = opened.flatMap(({ cursors }) => (cursors instanceof Error || !cursors.feedId ? [] : [cursors.feedId]));
    const tenant = requests[0]?.name.tenant ?? NO_TENANT;
    const unnamed = opened.flatMap(({ request, cursors }) =>
      !(cursors instanceof Error) && cursors.feedId === null ? [request] : [],
    );
    const [byId, found] = await Promise.all([feeds.byIds(tenant, ids), feeds.newest(unnamed)]);
    const newest = new Map(unnamed.map((request, i) => [request, found[i] ?? null]));
    return Promise.all(
      opened.map(({ request, cursors }) =>
        orError(() => {
          if (cursors instanceof Error) throw cursors;
          if (cursors.feedId === null) return locate(request, newest.get(request) ?? null, cursors);
          return locate(request, byId.get(cursors.feedId) ?? refuseExpired(), cursors);
        }),
      ),
    );
  }

  #open({ name, page }: Pick<FeedPageRequest<unknown>, "name" | "page">): Cursors {
    const { sealer } = this.dependencies;
    const after = page.after === null ? null : sealer.open(name.tenant, page.after);
    const before = page.before === null ? null : sealer.open(name.tenant, page.before);
    if (after && before && after.listId !== before.listId) refuseCursor();
    const feedId = after?.listId ?? before?.listId ?? null;
    if (feedId !== null && isNamedList(feedId)) refuseCursor();
    return { after, before, feedId };
  }
}

function locate<Node>(request: FeedPageRequest<Node>, feed: Feed | null, cursors: Cursors): LocatedPage<Node> {
  const { tenant, connection } = request.name;
  const owns = request.owns ?? ((feed: FeedName) => feed.connection === connection);
  const { after, before, feedId } = cursors;
  if (feed && (feed.head.tenant !== tenant || !owns(feed.head))) refuseCursor();
  const source = feed && feedId !== null && request.sourceOf ? request.sourceOf(feed.head) : request.source;
  const { direction, count } = request.page;
  const placed = { direction, count, after: after?.position ?? null, before: before?.position ?? null };
  return { request, feed, source: source ?? refuseCursor(), placed };
}

function refuseExpired(): never {
  throw new InputError("The list of this cursor was deleted. Read it again from the beginning.", "CURSOR_EXPIRED");
}
