import type { FieldRanks } from "../../domain/preference";
import type { Provider } from "../../domain/provider";
import type { ProfileStore } from "../../feeds/profiles/profile-store.port";
import type { ProfileKeeper } from "../../feeds/profiles/profile-keeper.port";
import type { LookalikeFeeds } from "../../feeds/recommendations/lookalike-lists";
import type { OwnList, ProfileList } from "../../feeds/recommendations/profile-list.port";
import type { LookalikeProvider } from "../../feeds/searches/lookalikes";
import type { NetworkProvider } from "../../feeds/searches/network-recommendations";
import type { SearchProvider } from "../../feeds/searches/catalogue-searches";
import type { ProviderSettings } from "../../settings/provider-settings";
import type { ValuesOf } from "../../settings/setting";
import type { ProviderHttpOptions, Quota } from "../http/provider-call";
import type { ProviderHttp } from "../http/provider-http";

/** Everything that the rest of the program knows of a provider. */
export interface ProviderDescriptor<Name extends Provider = Provider, Own extends ProviderSettings = ProviderSettings> {
  readonly provider: Name;
  /** What one credit is. */
  readonly creditUnit: string;
  /** Everything that can be set for it, with its environment variables and defaults. */
  readonly settings: Own;
  /** How much its word counts where providers say different things. */
  readonly ranks: FieldRanks;
  readonly http: CallRules;
  /** What it can do, for one tenant. */
  connect(access: ProviderAccess<Own>): Capabilities;
}

/** How a provider is called. */
export interface CallRules extends Pick<ProviderHttpOptions, "repeats" | "refusal" | "refusedIn"> {
  /** Its authentication. */
  headersOf(key: string): Readonly<Record<string, string>>;
  /** Headers, in lower case, in which callers of the graph send a secret for it. */
  readonly callerHeaders?: readonly string[];
  /** Makes its own count of calls, where it tells how many are left. */
  newQuota?(): Quota;
}

/** What a provider is connected with: its settings, for one tenant, and what all providers share. */
export interface ProviderAccess<Own extends ProviderSettings> {
  /** `null` where the provider is not configured. */
  readonly http: ProviderHttp | null;
  readonly settings: ValuesOf<Own>;
  readonly shared: SharedServices;
}

/** What is the same for all tenants and providers. */
export interface SharedServices {
  /** Whether the keeper of profiles has a profile as it is saved here. */
  readonly profiles: Pick<ProfileStore, "isSent" | "markSent">;
  /** Hashes whatever tells one caller's account from another's, so that a feed's name gives none away. */
  readonly accountSecret: Buffer;
  /** Finds the feeds of lookalikes of a profile's examples. */
  lookalikesBy(provider: LookalikeProvider): LookalikeFeeds;
}

/**
 * What a provider can do; `null` and the empty list where it cannot. Of the graph, `recommendations` are of all providers
 * that have lists; each of the others is of one provider.
 */
export interface Capabilities {
  /** The lists of recommendations that it can give for a profile, in the order of their turns. */
  readonly lists: readonly ProfileList[];
  /** `upsertICP`: it keeps profiles itself; `list`, one of `lists`, is then each profile's own. */
  readonly profiles: { readonly keeper: ProfileKeeper; readonly list: OwnList } | null;
  /** `similarCompanies` and `similarPeople`. */
  readonly lookalikes: LookalikeProvider | null;
  /** `networkRecommendations`. */
  readonly network: NetworkProvider | null;
  /** `companies` and `people`. */
  readonly searches: SearchProvider | null;
}
