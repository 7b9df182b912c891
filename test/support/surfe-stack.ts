import type { Profile, ProfileCriteria } from "../../src/domain/profile";
import { DEFAULT_TENANT } from "../../src/domain/tenant-id";
import { Entities } from "../../src/feeds/entities/entities";
import { Extender } from "../../src/feeds/feed/extender";
import { FeedPages } from "../../src/feeds/pages/feed-pages";
import type { FeedPageRequest } from "../../src/feeds/pages/feed-page-request";
import type { FeedSource } from "../../src/feeds/feed/feed-source.port";
import { Feeds } from "../../src/feeds/feed/feeds";
import { ItemCache } from "../../src/feeds/pages/item-cache";
import type { RecommendationNode } from "../../src/feeds/nodes";
import { providerListReader } from "../../src/feeds/pages/recommendation-node";
import { ProviderHttp } from "../../src/providers/http/provider-http";
import { SurfeClient } from "../../src/providers/surfe/surfe.client";
import { SurfeFeedSource } from "../../src/providers/surfe/surfe.feed";
import { surfeQuery } from "../../src/providers/surfe/surfe.query";
import { CursorSealer } from "../../src/relay/cursor";
import { toPageRequest, type PageArgs } from "../../src/relay/page-args";
import type { SurfeOptions } from "../../src/sandbox/surfe/surfe-options";
import { startSurfeSimulator, type SurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";
import { openDatabase, type Database } from "../../src/store/open-database";
import { SqlEntityStore } from "../../src/store/entity.sql";
import { SqlFeedStore } from "../../src/store/feed.sql";
import { SqlProfileStore } from "../../src/store/profile.sql";
import { SqlCallLedger } from "../../src/store/ledger.sql";
import { PREFERENCE } from "../../src/wiring/provider-list";

export const ANYBODY: ProfileCriteria = {
  companies: { employeeCount: null, industries: [], primaryLocations: [], revenue: null },
  people: { countries: [], departments: [], jobTitles: [], seniorities: [] },
  exampleCompanies: [],
  examplePeople: [],
};

export const TENANT = DEFAULT_TENANT;

export interface SurfeStackOptions {
  readonly surfe?: SurfeOptions;
  readonly maxWindow?: number;
  readonly budget?: number;
  readonly now: () => Date;
}

/** Pages over a simulated Surfe and SQLite in memory: everything below the graph, as it is wired. */
export interface SurfeStack {
  readonly surfe: SurfeSimulator;
  readonly database: Database;
  readonly ledger: SqlCallLedger;
  readonly icp: Profile;
  readonly source: FeedSource;
  pages(): FeedPages;
  request(page: PageArgs): FeedPageRequest<RecommendationNode>;
  /** Forgets all that is in memory, and begins again over the same database and simulator. */
  restart(): void;
  stop(): Promise<void>;
}

export async function startSurfeStack({
  surfe: rules,
  maxWindow = 200,
  budget,
  now,
}: SurfeStackOptions): Promise<SurfeStack> {
  const surfe = await startSurfeSimulator({ rateLimit: null, now: () => now().getTime(), maxWindow, ...rules });
  const database = await openDatabase(":memory:");
  const icps = new SqlProfileStore(database);
  const ledger = new SqlCallLedger(database);
  const http = new ProviderHttp({
    provider: "SURFE",
    baseUrl: surfe.url,
    headers: { authorization: "Bearer sandbox" },
    timeoutMs: 15_000,
    ratePerSecond: 10_000,
    burst: 10_000,
    repeats: "safe",
    backoffMs: 1,
    now: () => now().getTime(),
  });
  const profile = await icps.save({
    tenant: TENANT,
    id: "11111111-2222-4333-8444-555555555555",
    externalUserId: "u1",
    criteria: ANYBODY,
    sent: false,
    at: now(),
    closing: { connection: "icp:1", goesOn: () => true },
  });
  const source = new SurfeFeedSource(new SurfeClient(http), icps, {
    maxAgeMs: Infinity,
    recheckAfterMs: 3_600_000,
    maxWindow,
  });
  const name = {
    tenant: TENANT,
    connection: `icp:${profile.id}`,
    provider: "SURFE",
    query: surfeQuery(profile),
  } as const;
  const create = (): FeedPages => pagesOver(database, budget ?? null, now);
  let pages = create();
  return {
    surfe,
    database,
    ledger,
    icp: profile,
    source,
    pages: () => pages,
    request: (page) => ({ name, source, absent: [], page: toPageRequest(page), rowReader: providerListReader }),
    restart: () => {
      pages = create();
    },
    stop: async () => {
      http.close();
      await surfe.close();
      await database.destroy();
    },
  };
}

function pagesOver(database: Database, budget: number | null, now: () => Date): FeedPages {
  const store = new SqlFeedStore(database);
  const entities = new Entities(new SqlEntityStore(database), PREFERENCE);
  const extender = new Extender({
    store,
    ledger: new SqlCallLedger(database),
    budgetOf: () => budget,
    now,
    held: { report: () => undefined },
    onWrite: ({ head, changes }) => entities.update(head.tenant, changes),
  });
  const feeds = new Feeds(store, extender, now);
  const sealer = new CursorSealer([Buffer.alloc(32, 1)]);
  return new FeedPages({ feeds, items: new ItemCache(store), entities, sealer });
}
