import { NoRowsError, type ProviderError } from "../../domain/errors";
import type { Provider } from "../../domain/provider";
import { toConnection, toEdges, type Edge, type Surroundings } from "../../relay/connection";
import type { CursorSealer } from "../../relay/cursor";
import type { Entities } from "../entities/entities";
import type { OperationCaller } from "../feed/call-estimate";
import type { Caller } from "../feed/caller";
import type { FeedHead, FeedItem } from "../feed/feed-model";
import type { AnySource } from "../feed/feed-source.port";
import type { Feeds } from "../feed/feeds";
import type { ServedRow } from "../feed/operation-spending";
import { toIssue, withIssues, type ConnectionWithIssues } from "../nodes";
import type { FeedPageRequest } from "./feed-page-request";
import type { ItemCache } from "./item-cache";
import { orError } from "./or-error";
import { PageCache, type PageOrigin } from "./page-cache";
import { extendFor, type ExtendedPage } from "./page-extension";
import { planPages } from "./page-estimate";
import { PageLocator, type LocatedPage } from "./page-locator";
import { PageRowsReader, type PageRows } from "./page-rows";
import type { Row } from "./row-reader";
import { missingIn, sliceAgain, sliceNow, type PageSlice } from "./page-slice";
import { hasEnded, shownIn } from "./shown-rows";

export interface FeedPagesDependencies {
  readonly feeds: Feeds;
  readonly items: ItemCache;
  readonly entities: Entities;
  readonly sealer: CursorSealer;
}

/**
 * Makes connections of page requests, in four steps: locate the feed, extend it if rows are missing, read the rows, build the
 * page. `peek` does the same without the second step, from memory only.
 *
 * @example
 *   const page = feedPages.peek(request) ?? (await feedPages.read([request], caller))[0];
 *   if (page instanceof Error) throw page;
 */
export class FeedPages {
  /** Whole pages; what makes one wrong is said there. */
  readonly cache = new PageCache();
  /** Made once a row, as long as it shows the same node: a place in a feed has the same cursor for ever. */
  readonly #edges = new WeakMap<FeedItem, Edge<unknown>>();
  /** The rows of each page, for the count of rows that were served. Both never change. */
  readonly #served = new WeakMap<object, readonly Row[]>();
  readonly #locator: PageLocator;
  readonly #rows: PageRowsReader;

  constructor(private readonly dependencies: FeedPagesDependencies) {
    this.#locator = new PageLocator(dependencies);
    this.#rows = new PageRowsReader(dependencies);
  }

  /** The page, if everything is in memory and no call is needed; else `null`. Throws as `read` does. */
  peek<Node>(request: FeedPageRequest<Node>): ConnectionWithIssues<Node> | null {
    const located = this.#locator.peek(request);
    if (!located) return null;
    const slice = sliceNow(located);
    if (slice.isShort) return null;
    const origin = this.#originOf(request, slice);
    const known = origin && this.cache.get<Node>(origin);
    if (known) return known;
    const rows = this.#rows.peek(slice, request.rowReader);
    if (!rows) return null;
    const page = this.#build({ located, slice, failures: [] }, rows);
    if (origin) this.cache.set(origin, page);
    return page;
  }

  /**
   * The pages in the order of `requests`; an error where there is none. Requests for one feed share its calls.
   *
   * @param requests of one tenant.
   * @param caller when its signal aborts, calls that were not sent yet are not made.
   */
  async read<Node>(
    requests: readonly FeedPageRequest<Node>[],
    caller: OperationCaller,
  ): Promise<readonly (ConnectionWithIssues<Node> | Error)[]> {
    const located = await this.#locator.locate(requests);
    const { estimate } = caller;
    const extended = estimate
      ? await planPages(located, this.dependencies.feeds, estimate)
      : await Promise.all(located.map((one) => orError(() => this.#extend(one, caller))));
    const answers = extended.map((page) => (page instanceof Error ? page : this.#settle(page)));
    const pages = answers.flatMap((page) => (page instanceof Error ? [] : [page]));
    const rows = await this.#rows.read(
      pages.map(({ located, slice }) => ({ slice, reader: located.request.rowReader })),
    );
    return answers.map((answer) => {
      if (answer instanceof Error) return answer;
      const page = this.#build(answer, rows.get(answer.slice));
      estimate?.noteMissing(page, missingIn(answer.slice));
      return page;
    });
  }

  /** Drops all cached pages. To be called after a person was forgotten. */
  clear(): void {
    this.cache.clear();
  }

  /** Who gave each row of a page of these, and its subject. */
  rowsOf(page: ConnectionWithIssues<unknown>): readonly ServedRow[] {
    const rows = this.#served.get(page) ?? [];
    return rows.flatMap((row): ServedRow | [] => {
      const provider = providerOf(row);
      return provider === null ? [] : { provider, subject: row.item.subject };
    });
  }

  /** Calls `count` with the provider of each row of a page of these. */
  eachProvider(page: ConnectionWithIssues<unknown>, count: (provider: Provider) => void): void {
    for (const row of this.#served.get(page) ?? []) {
      const provider = providerOf(row);
      if (provider !== null) count(provider);
    }
  }

  #extend<Node>(located: LocatedPage<Node> | Error, caller: Caller): Promise<ExtendedPage<Node>> {
    if (located instanceof Error) throw located;
    return extendFor(located, this.dependencies.feeds, caller);
  }

  /** Takes the final slice of the page, or returns the error if it has no row. Called for all pages of an operation at once. */
  #settle<Node>(page: ExtendedPage<Node>): ExtendedPage<Node> | NoRowsError {
    const { failures, hasFailed } = page;
    const { request, feed } = page.located;
    const located = { ...page.located, feed: feed ?? this.dependencies.feeds.peekNewest(request) };
    const slice = sliceAgain(page.slice, located);
    const [failure, ...others] = failures;
    const isEmpty = slice.window.to === slice.window.from;
    if (failure && hasFailed && isEmpty) return new NoRowsError([failure, ...others, ...request.absent]);
    return { ...page, located, slice };
  }

  /** The values that the cache finds a page by; `null` where the page is not cached. */
  #originOf<Node>({ name, rowReader, absent }: FeedPageRequest<Node>, slice: PageSlice): PageOrigin | null {
    const { placed, head, mayGrow } = slice;
    if (!head || absent.length > 0) return null;
    return { placed, head, mayGrow, writes: this.dependencies.entities.writes(name.tenant), rowReader };
  }

  #build<Node>(
    { located: { request, source }, slice, failures }: Omit<ExtendedPage<Node>, "hasFailed">,
    read: PageRows<Node> | undefined,
  ): ConnectionWithIssues<Node> {
    const { head } = slice;
    const { rows, nodes } = read ?? { rows: [], nodes: [] };
    const edgesOf = (): readonly Edge<Node>[] => (head === null ? [] : this.#edgesOf(head, rows, nodes));
    const issues = [...(failures.length > 0 ? failures : whenEmpty(source, head)), ...request.absent];
    const page = withIssues(toConnection(nodes, edgesOf, surroundingsOf(slice)), issues.map(toIssue));
    this.#served.set(page, rows);
    return page;
  }

  #edgesOf<Node>({ tenant, id }: FeedHead, rows: readonly Row[], nodes: readonly Node[]): readonly Edge<Node>[] {
    const known = nodes.map((node, i) => this.#knownEdge(rows[i]?.item, node));
    if (known.every((edge) => edge !== null)) return known;
    const cursors = this.dependencies.sealer.forList(tenant, id).seal(rows.map(({ item }) => item.position));
    const edges = toEdges(nodes, cursors).map((edge, i) => known[i] ?? edge);
    rows.forEach(({ item }, i) => edges[i] && this.#edges.set(item, edges[i]));
    return edges;
  }

  #knownEdge<Node>(item: FeedItem | undefined, node: Node): Edge<Node> | null {
    const edge = item && this.#edges.get(item);
    return edge?.node === node ? (edge as Edge<Node>) : null; // the node is of the type that is asked for
  }
}

/** Who gave a row; `null` for one of a merged feed that does not say it. */
function providerOf({ feed, item }: Row): Provider | null {
  return feed.provider === "MERGED" ? (item.content?.provider ?? null) : feed.provider;
}

function whenEmpty(source: AnySource, head: FeedHead | null): readonly ProviderError[] {
  const isEmpty = head !== null && head.length === 0 && head.endedAt !== null;
  return isEmpty && source.provider !== "MERGED" && source.whenEmpty ? [source.whenEmpty] : [];
}

function surroundingsOf({ head, window, mayGrow }: PageSlice): Surroundings {
  return {
    hasPreviousPage: window.from > 0,
    hasNextPage: window.to < shownIn(head) || mayGrow,
    totalCount: head && (hasEnded(head) ? shownIn(head) : head.total),
  };
}
