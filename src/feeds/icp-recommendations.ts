import { InputError, NoRowsError } from "../domain/errors";
import { PROVIDERS, type Provider } from "../domain/provider";
import type { Icp } from "../domain/profile";
import type { PageRequest } from "../relay/page-args";
import { notConfigured } from "./feed-source";
import type { FeedPageRequest } from "./feed-pages";
import type { RecommendationNode } from "./nodes";
import type { ProfileProvider } from "./profile-provider";
import { icpConnection } from "./profiles";
import { toRecommendationNode } from "./recommendation-node";

/** Asks for a page of a profile's recommendations. */
export class IcpRecommendations {
  /** What a profile's feeds are asked for; a saved profile never changes, so neither does that. */
  readonly #queries = new WeakMap<Icp, Map<ProfileProvider, string>>();

  constructor(private readonly providers: readonly ProfileProvider[]) {}

  /**
   * @param named the providers that were asked for by name; `null` is all that can serve.
   * @throws {InputError} an empty list of providers.
   * @throws {NoRowsError} none of the named providers can serve.
   */
  pageRequest(
    tenant: string,
    icp: Icp,
    named: readonly Provider[] | null,
    page: PageRequest,
  ): FeedPageRequest<RecommendationNode> {
    if (named?.length === 0) throw new InputError(`\`providers\` takes at least one of ${PROVIDERS.join(", ")}.`);
    const wanted = named === null ? null : new Set(named);
    const able = this.providers.filter(({ provider }) => wanted?.has(provider) ?? true);
    const [first, ...others] = PROVIDERS.filter(
      (provider) => wanted?.has(provider) && !able.some((one) => one.provider === provider),
    ).map(notConfigured);
    const [one] = able;
    if (!one) throw new NoRowsError([first ?? notConfigured("SURFE"), ...others]);
    return {
      name: { tenant, connection: icpConnection(icp.id), provider: one.provider, query: this.#queryOf(one, icp) },
      source: one.source,
      absent: first ? [first, ...others] : [],
      page,
      toNode: toRecommendationNode,
    };
  }

  #queryOf(provider: ProfileProvider, icp: Icp): string {
    const queries = this.#queries.get(icp) ?? new Map<ProfileProvider, string>();
    this.#queries.set(icp, queries);
    const query = queries.get(provider) ?? provider.queryOf(icp);
    queries.set(provider, query);
    return query;
  }
}
