import { InputError } from "../../domain/errors";
import type { Profile } from "../../domain/profile";
import type { Provider } from "../../domain/provider";
import type { RecommendationPage } from "../../feeds/nodes";
import { toPageRequest, type PageArgs } from "../../relay/page-args";
import { feedConnection } from "../connection/feed-connection";
import type { RequestContext } from "../context";

export const externalUserIdDescription = "Whose profile; left out: the authenticated user's own.";
export const providersDescription =
  "Narrows the list to these; one that cannot serve the profile is an entry in `issues` of every page. Left out: all that can.";

/** A page of a profile's recommendations. */
export function recommendationsOf(
  profile: Profile,
  providers: readonly Provider[] | null,
  args: PageArgs,
  context: RequestContext,
): RecommendationPage | Promise<RecommendationPage> {
  const { tenant, services } = context;
  const request = services.profileRecommendations.pageRequest(tenant, profile, providers, toPageRequest(args));
  return request instanceof Promise
    ? request.then((planned) => feedConnection(planned, context))
    : feedConnection(request, context);
}

/**
 * A page of the recommendations for a user's profile. For a deleted profile, cursors can still read its recorded rows.
 *
 * @throws {InputError} there is no profile, and no cursor.
 */
export function userRecommendations(
  externalUserId: string | null,
  providers: readonly Provider[] | null,
  args: PageArgs,
  context: RequestContext,
): RecommendationPage | Promise<RecommendationPage> {
  const { tenant, services } = context;
  const known = services.profileCache.peek(tenant, externalUserId);
  if (known) return recommendationsOf(known, providers, args, context);
  return services.profileCache
    .load(tenant, externalUserId)
    .then((profile) =>
      profile
        ? recommendationsOf(profile, providers, args, context)
        : formerRecommendations(externalUserId, providers, args, context),
    );
}

function formerRecommendations(
  externalUserId: string | null,
  providers: readonly Provider[] | null,
  args: PageArgs,
  context: RequestContext,
): RecommendationPage | Promise<RecommendationPage> {
  const { tenant, services } = context;
  const page = toPageRequest(args);
  if (page.after === null && page.before === null) throw noProfile(externalUserId);
  const id = services.profileIdOf(tenant, externalUserId);
  return feedConnection(services.profileRecommendations.formerPageRequest(tenant, id, providers, page), context);
}

function noProfile(externalUserId: string | null): InputError {
  const whose = externalUserId === null ? "of your own" : `for externalUserId ${JSON.stringify(externalUserId)}`;
  return new InputError(`There is no profile ${whose}. Save one with upsertICP first.`, "PROFILE_NOT_FOUND");
}
