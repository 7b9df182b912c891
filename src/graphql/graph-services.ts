import type { TenantId } from "../domain/tenant-id";
import type { ContactPages } from "../feeds/entities/contact-pages";
import type { SpentPeriod } from "../feeds/feed/call-ledger.port";
import type { Entities } from "../feeds/entities/entities";
import type { FeedPages } from "../feeds/pages/feed-pages";
import type { ProfileRecommendations } from "../feeds/recommendations/profile-recommendations";
import type { ProfileStore } from "../feeds/profiles/profile-store.port";
import type { ProfileCache } from "../feeds/profiles/profile-cache";
import type { Lookalikes } from "../feeds/searches/lookalikes";
import type { NetworkProvider } from "../feeds/searches/network-recommendations";
import type { ProfileIdOf } from "../feeds/profiles/profile-id";
import type { ProfileOptionsReader } from "../feeds/profiles/profile-options";
import type { Profiles } from "../feeds/profiles/profiles";
import type { Provider } from "../domain/provider";
import type { SpendingReport } from "../feeds/spending-report.port";
import type { ProviderStatus } from "../feeds/provider-status";
import type { RecordedRecommendations } from "../feeds/recommendations/recorded-recommendations";
import type { SearchProvider } from "../feeds/searches/catalogue-searches";
import type { CursorSealer } from "../relay/cursor";
import type { CallKind } from "./call-kind";

/** Maximum numbers of a page of `rows` rows, by kind of field. */
export type Prices = Readonly<Record<CallKind, (rows: number, values: ReadonlyMap<string, unknown>) => number>>;

/** For each provider, the maximum calls and credits of a page as if nothing were recorded. */
export type FullPrices = readonly { readonly provider: Provider; readonly calls: Prices; readonly credits: Prices }[];

/** The services that resolvers use, of one tenant. */
export interface GraphServices {
  readonly entities: Entities;
  readonly feedPages: FeedPages;
  readonly recorded: RecordedRecommendations;
  readonly contactPages: ContactPages;
  readonly profileCache: ProfileCache;
  readonly profileStore: Pick<ProfileStore, "byIds" | "part">;
  readonly profileRecommendations: ProfileRecommendations;
  readonly profiles: Profiles;
  readonly profileOptions: ProfileOptionsReader;
  readonly profileIdOf: ProfileIdOf;
  readonly searches: SearchProvider;
  readonly network: NetworkProvider;
  readonly lookalikes: Lookalikes;
  readonly sealer: CursorSealer;
  /** Maximum number of provider calls of one operation. */
  readonly maxProviderCalls: number;
  /** Maximum time that one operation waits for providers. */
  readonly operationTimeoutMs: number;
  /** Maximum number of calls of a field, by its kind. */
  readonly prices: Prices;
  /** The maximum calls and credits of a field as if nothing were recorded, by provider. */
  readonly fullPrices: FullPrices;
  readonly providerStatuses: () => readonly ProviderStatus[];
  /** Credits charged in each of `periods`, in their order. */
  readonly creditsSpent: (tenant: TenantId, periods: readonly SpentPeriod[]) => Promise<readonly number[]>;
  /** What the budget of this calendar month (UTC) has left; `null`: there is none. */
  readonly creditsLeft: (tenant: TenantId, provider: Provider) => Promise<number | null>;
  readonly spendingReport: SpendingReport;
}
