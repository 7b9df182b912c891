import type { FieldRanks } from "../../domain/preference";
import type { Provider } from "../../domain/provider";
import type { StatePeople } from "../../feeds/feed/feed-people.port";
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

/** Describes a provider to the rest of the program. */
export interface ProviderDescriptor<Name extends Provider = Provider, Own extends ProviderSettings = ProviderSettings> {
  readonly provider: Name;
  /** What one credit is. */
  readonly creditUnit: string;
  /** Its settings: environment variables and defaults. */
  readonly settings: Own;
  /** The rank of its values, where providers give different ones. */
  readonly ranks: FieldRanks;
  readonly http: CallRules;
  /** The people in the states of its feeds; left out: the states name nobody. */
  readonly statePeople?: StatePeople;
  /** Its capabilities, for one tenant. */
  connect(access: ProviderAccess<Own>): Capabilities;
}

/** How a provider is called. */
export interface CallRules extends Pick<ProviderHttpOptions, "repeats" | "readRefusal" | "findRefusal"> {
  /** The headers with its API key. */
  headersOf(key: string): Readonly<Record<string, string>>;
  /** Headers, in lower case, in which callers of the graph send a secret for it. */
  readonly callerHeaders?: readonly string[];
  /**
   * Creates its quota, where its answers say how many calls are left.
   *
   * @param longestMs a call that began longer ago has ended: its process may have died.
   * @param state of an earlier one; left out: nothing is known.
   */
  readonly newQuota?: (longestMs: number, state?: unknown) => Quota;
}

/** What `connect` gets: the client and settings for one tenant, and the services that all providers share. */
export interface ProviderAccess<Own extends ProviderSettings> {
  /** `null` where the provider is not configured. */
  readonly http: ProviderHttp | null;
  readonly settings: ValuesOf<Own>;
  readonly shared: SharedServices;
}

/** Services that are the same for all tenants and providers. */
export interface SharedServices {
  /** Whether the provider that stores profiles has the saved version of a profile. */
  readonly profiles: Pick<ProfileStore, "isSent" | "markSent">;
  /** Key of the HMAC over account data, so that a feed's name does not show whose account it is. */
  readonly accountSecret: Buffer;
  /** Finds the feeds with lookalikes of a profile's examples. */
  lookalikesBy(provider: LookalikeProvider): LookalikeFeeds;
}

/**
 * What a provider can do; `null` or the empty list: it cannot. `recommendations` merges the lists of all providers; each of the
 * other capabilities belongs to exactly one provider.
 */
export interface Capabilities {
  /** Its lists of recommendations for a profile, in the order of their turns. */
  readonly lists: readonly ProfileList[];
  /** `upsertICP`: it stores profiles itself; `list`, one of `lists`, is then the list of each profile. */
  readonly profiles: { readonly keeper: ProfileKeeper; readonly list: OwnList } | null;
  /** `similarCompanies` and `similarPeople`. */
  readonly lookalikes: LookalikeProvider | null;
  /** `networkRecommendations`. */
  readonly network: NetworkProvider | null;
  /** `companies` and `people`. */
  readonly searches: SearchProvider | null;
}
