import { failuresIn, InputError, NoRowsError, type ProviderError } from "../../domain/errors";
import type { EntityKey } from "../../domain/entity-key";
import { toConnection, type Surroundings } from "../../relay/connection";
import { isNamedList, refuseCursor, type CursorSealer, type Place } from "../../relay/cursor";
import type { PageRequest } from "../../relay/page-args";
import type { PlacedRequest, Window } from "../../relay/window";
import type { Entities } from "../entities/entities";
import type { Feed } from "../feed/feed";
import type { AnySource } from "../feed/feed-source";
import type { FeedHead, FeedItem, FeedName } from "../feed/feed-store";
import type { Feeds } from "../feed/feeds";
import type { ItemCache } from "./item-cache";
import { PageCache } from "./page-cache";
import { toIssue, withIssues, type EntityNode, type ProviderConnection } from "../nodes";
import type { Row, RowNodes, RowReader } from "./row-reader";
import { clamp, hasEnded, recordedWindow, shown, shownIn, windowIn } from "./shown-rows";

/** A page of one feed, asked for. */
export interface FeedPageRequest<Node> {
  /** The feed that is read where no cursor names another. */
  readonly name: FeedName;
  readonly source: AnySource;
  /**
   * What extends a feed of the same connection that a cursor names; `null` where its rows are not what is asked for.
   * Left out, all feeds of the connection are alike.
   */
  readonly sourceOf?: (feed: FeedHead) => AnySource | null;
  /** Providers that were named for this connection and cannot serve it: issues of every page. */
  readonly absent: readonly ProviderError[];
  readonly page: PageRequest;
  /** Makes the rows what the graph shows. */
  readonly rows: RowReader<Node>;
}

export interface FeedPagesDependencies {
  readonly feeds: Feeds;
  readonly items: ItemCache;
  readonly entities: Entities;
  readonly sealer: CursorSealer;
}

interface Cursors {
  readonly after: Place | null;
  readonly before: Place | null;
  readonly feedId: string | null;
}

/** A request that knows its feed; `feed` is `null` where none has begun yet. */
interface Located<Node> {
  readonly request: FeedPageRequest<Node>;
  readonly feed: Feed | null;
  readonly source: AnySource;
  readonly placed: PlacedRequest;
}

/** How extending a feed went; `hasFailed` where nobody that was asked gave anything. */
interface Extending {
  readonly feed: Feed | null;
  readonly failures: readonly ProviderError[];
  readonly hasFailed: boolean;
}

/** A page whose rows were reached as far as they could be. */
interface Reached<Node> {
  readonly located: Located<Node>;
  /** Where its feed stood then; `null` where none has begun. */
  readonly head: FeedHead | null;
  readonly window: Window;
  readonly failures: readonly ProviderError[];
}

/** Turns page requests over feeds into connections; extends a feed only where its record ends too early. */
export class FeedPages {
  readonly #pages = new PageCache();

  constructor(private readonly dependencies: FeedPagesDependencies) {}

  /** The page, where everything it needs is in memory and no call is due; else `null`. Throws as `read` does. */
  peek<Node>(request: FeedPageRequest<Node>): ProviderConnection<Node> | null {
    const { feeds, items, entities } = this.dependencies;
    const { tenant } = request.name;
    const cursors = this.#open(request);
    const feed = cursors.feedId === null ? feeds.peekNewest(request) : feeds.peekById(tenant, cursors.feedId);
    if (!feed) return null;
    const located = locate(request, feed, cursors);
    const { placed, source } = located;
    const mayGrow = feed.mayGrow(source);
    const origin = { placed, head: feed.head, mayGrow, writes: entities.writes(tenant), rows: request.rows };
    const known = request.absent.length === 0 ? this.#pages.get<Node>(origin) : null;
    if (known) return known;
    const window = windowIn(feed.head, placed);
    if (window.to > shownIn(feed.head) && mayGrow) return null;
    const { head } = feed;
    const reached = { located, head, window: clamp(window, head), failures: [] };
    const recorded = items.peek(recordedWindow(head, reached.window));
    if (!recorded) return null;
    const rows: Row[] = [];
    for (const item of shown(head, recorded)) {
      const subject = entities.peek(tenant, item.subject);
      if (!subject) return null;
      rows.push({ feed: head, item, subject });
    }
    const nodes = request.rows.peek(tenant, rows);
    if (!nodes) return null;
    const page = this.#build(reached, rows, nodes);
    if (request.absent.length === 0) this.#pages.set(origin, page);
    return page;
  }

  /**
   * Pages in the order of `requests`, each a page or why there is none; requests over one feed share its calls.
   *
   * @param signal aborts when the caller goes away; calls that were not sent yet are not made then.
   */
  async read<Node>(
    requests: readonly FeedPageRequest<Node>[],
    signal: AbortSignal,
  ): Promise<readonly (ProviderConnection<Node> | Error)[]> {
    const located = await this.#locate(requests);
    const reached = await Promise.all(located.map((one) => orError(() => this.#reach(one, signal))));
    return this.#fill(reached);
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

  async #locate<Node>(requests: readonly FeedPageRequest<Node>[]): Promise<readonly (Located<Node> | Error)[]> {
    const { feeds } = this.dependencies;
    const opened = await Promise.all(
      requests.map(async (request) => ({ request, cursors: await orError(() => this.#open(request)) })),
    );
    const ids = opened.flatMap(({ cursors }) => (cursors instanceof Error || !cursors.feedId ? [] : [cursors.feedId]));
    const tenant = requests[0]?.name.tenant ?? "";
    const [byId, newest] = await Promise.all([feeds.byIds(tenant, ids), feeds.newest(requests)]);
    return Promise.all(
      opened.map(({ request, cursors }, i) =>
        orError(() => {
          if (cursors instanceof Error) throw cursors;
          if (cursors.feedId === null) return locate(request, newest[i] ?? null, cursors);
          return locate(request, byId.get(cursors.feedId) ?? refuseExpired(), cursors);
        }),
      ),
    );
  }

  async #reach<Node>(located: Located<Node> | Error, signal: AbortSignal): Promise<Reached<Node>> {
    if (located instanceof Error) throw located;
    const { request, placed } = located;
    const { feed, failures, hasFailed } = await this.#extend(located, signal);
    const head = feed?.head ?? null;
    const window = clamp(windowIn(head, placed), head);
    const [failure, ...others] = failures;
    if (failure && hasFailed && window.to === window.from) {
      throw new NoRowsError([failure, ...others, ...request.absent]);
    }
    return { located: { ...located, feed }, head, window, failures };
  }

  /** Has the feed extended as far as the window asks for, and the providers give. */
  async #extend<Node>(
    { request, source, placed, feed: found }: Located<Node>,
    signal: AbortSignal,
  ): Promise<Extending> {
    let feed = found;
    for (;;) {
      const { from, to } = windowIn(feed?.head ?? null, placed);
      const isWhole = to <= shownIn(feed?.head) || to === from || feed?.mayGrow(source) === false;
      if (isWhole) return { feed, failures: [], hasFailed: false };
      try {
        if (source.refusal) throw source.refusal;
        feed ??= await this.dependencies.feeds.begin(request);
        const { folded } = feed.head;
        const failures = await feed.reach(to + folded.length, source, signal);
        // What came may have shown that two rows are about one subject: then the page lacks one more.
        if (failures.length > 0 || feed.head.folded.length === folded.length) {
          return { feed, failures, hasFailed: false };
        }
      } catch (error) {
        const failures = failuresIn(error);
        if (!failures) throw error;
        return { feed, failures, hasFailed: true };
      }
    }
  }

  async #fill<Node>(pages: readonly (Reached<Node> | Error)[]): Promise<readonly (ProviderConnection<Node> | Error)[]> {
    const { items, entities } = this.dependencies;
    const begun = pages.flatMap((page) => (page instanceof Error || !page.head ? [] : [{ page, head: page.head }]));
    const loaded = [...(await items.load(begun.map(({ page, head }) => recordedWindow(head, page.window))))];
    const tenant = begun[0]?.head.tenant ?? "";
    const keys = loaded.flat().map(({ subject }) => subject);
    const subjects = await entities.load(tenant, keys);
    const rows = new Map(
      begun.map(({ page, head }) => {
        const recorded = shown(head, loaded.splice(0, 1).flat());
        return [page, recorded.map((item): Row => ({ feed: head, item, subject: subjectOf(item, subjects) }))] as const;
      }),
    );
    const nodes = await readRows(tenant, rows);
    return pages.map((page) => (page instanceof Error ? page : this.#build(page, rows.get(page), nodes)));
  }

  #build<Node>(
    { located, head, window, failures }: Reached<Node>,
    rows: readonly Row[] | undefined,
    made: RowNodes<Node>,
  ): ProviderConnection<Node> {
    const { request, feed, source } = located;
    const issues = [...failures, ...request.absent].map(toIssue);
    if (!feed || !head || !rows)
      return withIssues(
        toConnection<Node>([], () => [], NOT_BEGUN),
        issues,
      );
    const seal = (): readonly string[] =>
      this.dependencies.sealer.forList(head.tenant, head.id).seal(rows.map(({ item }) => item.position));
    const surroundings = {
      hasPreviousPage: window.from > 0,
      hasNextPage: window.to < shownIn(head) || feed.mayGrow(source),
      totalCount: hasEnded(head) ? shownIn(head) : head.total,
    };
    const nodes = rows.map((row) => made.get(row)).filter((node) => node !== undefined);
    return withIssues(toConnection(nodes, seal, surroundings), issues);
  }
}

/** What surrounds an empty page of a feed that nobody has asked a row of. */
const NOT_BEGUN: Surroundings = { hasPreviousPage: false, hasNextPage: true, totalCount: null };

function locate<Node>(request: FeedPageRequest<Node>, feed: Feed | null, { after, before }: Cursors): Located<Node> {
  const { tenant, connection } = request.name;
  if (feed && (feed.head.tenant !== tenant || feed.head.connection !== connection)) refuseCursor();
  const isNamed = after !== null || before !== null;
  const source = feed && isNamed && request.sourceOf ? request.sourceOf(feed.head) : request.source;
  const { direction, count } = request.page;
  const placed = { direction, count, after: after?.position ?? null, before: before?.position ?? null };
  return { request, feed, source: source ?? refuseCursor(), placed };
}

/** Rows of pages that have a reader in common are read at once. */
async function readRows<Node>(
  tenant: string,
  rowsByPage: ReadonlyMap<Reached<Node>, readonly Row[]>,
): Promise<RowNodes<Node>> {
  const nodes: [Row, Node][] = [];
  for (const reader of new Set([...rowsByPage.keys()].map(({ located }) => located.request.rows))) {
    const own = [...rowsByPage].flatMap(([{ located }, rows]) => (located.request.rows === reader ? rows : []));
    nodes.push(...(await reader.read(tenant, own)));
  }
  return new Map(nodes);
}

function refuseExpired(): never {
  throw new InputError(
    "The list this cursor points into is no longer kept. Read it again from the beginning.",
    "CURSOR_EXPIRED",
  );
}

function subjectOf({ subject }: FeedItem, nodes: ReadonlyMap<EntityKey, EntityNode>): EntityNode {
  const node = nodes.get(subject);
  if (!node) throw new Error("a recorded row without the records of its subject");
  return node;
}

async function orError<T>(work: () => T | Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
