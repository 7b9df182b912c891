import type { ProviderError } from "../../src/domain/errors";
import type { Profile } from "../../src/domain/profile";
import type { Provider } from "../../src/domain/provider";
import type { TenantId } from "../../src/domain/tenant-id";
import { Entities } from "../../src/feeds/entities/entities";
import { Extender } from "../../src/feeds/feed/extender";
import { FeedPages } from "../../src/feeds/pages/feed-pages";
import type { FeedPageRequest } from "../../src/feeds/pages/feed-page-request";
import type { FeedSource } from "../../src/feeds/feed/feed-source.port";
import type { Extension, FeedHead, NewItem } from "../../src/feeds/feed/feed-model";
import { Feeds } from "../../src/feeds/feed/feeds";
import { ProfileRecommendations } from "../../src/feeds/recommendations/profile-recommendations";
import { ItemCache } from "../../src/feeds/pages/item-cache";
import { MergedListReader } from "../../src/feeds/recommendations/merged-list-reader";
import { AnyListReader } from "../../src/feeds/recommendations/any-list-reader";
import type { RecommendationNode } from "../../src/feeds/nodes";
import type { OwnList } from "../../src/feeds/recommendations/profile-list.port";
import { CursorSealer } from "../../src/relay/cursor";
import { toPageRequest, type PageArgs } from "../../src/relay/page-args";
import { openDatabase } from "../../src/store/open-database";
import { SqlEntityStore } from "../../src/store/entity.sql";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { SqlCallLedger } from "../../src/store/ledger.sql";
import { watched } from "./database";
import { NOW } from "./fake-feed";
import { ANYBODY } from "./surfe-stack";
import { PREFERENCE } from "../../src/wiring/provider-list";
import { ACME_TENANT } from "./tenants";

export const MERGED_ICP: Profile = { id: "1", externalUserId: null, criteria: ANYBODY, createdAt: NOW, updatedAt: NOW };

/** A list that gives its rows in order, some at a time, and fails where it is told to. */
export class ScriptedList implements OwnList {
  readonly kind: string;
  readonly source: FeedSource;
  /** How many rows were wanted, call by call. */
  readonly wants: number[] = [];
  failure: ProviderError | null = null;

  /** @param perCall most rows of a call, and the fewest: an interface with pages gives more than is wanted. */
  constructor(
    readonly provider: Provider,
    readonly rows: readonly NewItem[],
    private readonly perCall: { readonly least: number; readonly most: number } = { least: 1, most: 1_000 },
  ) {
    this.kind = provider;
    this.source = {
      provider,
      unavailable: null,
      maxAgeMs: 1_000_000,
      recheckAfterMs: null,
      callsFor: () => 1,
      creditsFor: () => 1,
      grown: (want) => ({ rows: this.#rowsFor(want), state: null, ended: false }),
      extend: (feed, want) => this.#extend(feed, want),
    };
  }

  nameOf(tenant: TenantId): FeedHead {
    const connection = this.provider === "SURFE" ? "icp:1" : `list:${this.provider}`;
    return { tenant, connection, provider: this.provider, query: "all" } as FeedHead;
  }

  serve(tenant: TenantId): { readonly kind: "served"; readonly name: FeedHead } {
    return { kind: "served", name: this.nameOf(tenant) };
  }

  #rowsFor(want: number): number {
    return Math.min(this.perCall.most, Math.max(this.perCall.least, want));
  }

  #extend({ state }: FeedHead, want: number): Promise<Extension> {
    this.wants.push(want);
    if (this.failure) return Promise.reject(this.failure);
    const from = typeof state === "number" ? state : 0;
    const to = Math.min(this.rows.length, from + this.#rowsFor(want));
    const ended = to === this.rows.length;
    const charge = { kind: "credits", credits: 0 } as const;
    return Promise.resolve({ items: this.rows.slice(from, to), state: to, ended, total: null, charge });
  }
}

/** Pages over lists that take turns, on SQLite in memory: everything below the graph but the providers. */
export interface MergedStack {
  readonly pages: FeedPages;
  request(page: PageArgs): FeedPageRequest<RecommendationNode>;
  /** Statements that the database was asked, since it was asked for last. */
  statements(): number;
  /** Forgets all that is in memory. */
  restart(): void;
  stop(): Promise<void>;
}

export async function startMergedStack(own: ScriptedList, ...others: readonly ScriptedList[]): Promise<MergedStack> {
  const opened = await openDatabase(":memory:");
  const database = watched(opened);
  const create = () => {
    const store = new SqlFeedStore(database);
    const entities = new Entities(new SqlEntityStore(database), PREFERENCE);
    const extender = new Extender({
      store,
      ledger: new SqlCallLedger(database),
      budgetOf: () => null,
      now: () => NOW,
      held: { report: () => undefined },
      onWrite: ({ head, items: recorded, changes, folded }) => {
        entities.update(head.tenant, changes);
        items.keep(head, recorded);
        feeds.fold(folded);
      },
    });
    const feeds: Feeds = new Feeds(store, extender, () => NOW);
    const items = new ItemCache(store);
    const rowReader = new AnyListReader(new MergedListReader({ feeds, items, entities }));
    const pages = new FeedPages({ feeds, items, entities, sealer: new CursorSealer([Buffer.alloc(32, 1)]) });
    const lists = [own, ...others];
    return {
      pages,
      recommendations: new ProfileRecommendations({ feeds, items, store, entities, rowReader, own, lists }),
    };
  };
  let made = create();
  return {
    get pages() {
      return made.pages;
    },
    request: (page) => {
      const request = made.recommendations.pageRequest(ACME_TENANT, MERGED_ICP, null, toPageRequest(page));
      if (request instanceof Promise) throw new Error("nothing has to be looked up here");
      return request;
    },
    statements: () => {
      const count = database.statements.length;
      database.statements.length = 0;
      return count;
    },
    restart: () => {
      made = create();
    },
    stop: () => opened.destroy(),
  };
}
