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

/** Likewise, of that user's profile. @throws {InputError} where none has been saved. */
export function userRecommendations(
  externalUserId: string | null,
  providers: readonly Provider[] | null,
  args: PageArgs,
  context: RequestContext,
): RecommendationPage | Promise<RecommendationPage> {
  const known = context.services.profileCache.peek(context.tenant, externalUserId);
  if (known) return recommendationsOf(known, providers, args, context);
  return profileOrRefuse(externalUserId, context).then((profile) =>
    recommendationsOf(profile, providers, args, context),
  );
}

async function profileOrRefuse(externalUserId: string | null, { tenant, services }: RequestContext): Promise<Profile> {
  const profile = await services.profileCache.load(tenant, externalUserId);
  if (profile) return profile;
  const whose = externalUserId === null ? "of your own" : `for externalUserId ${JSON.stringify(externalUserId)}`;
  throw new InputError(`There is no profile ${whose}. Save one with upsertICP first.`);
}
