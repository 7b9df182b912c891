import { InputError } from "../../domain/errors";
import type { Icp } from "../../domain/profile";
import type { Provider } from "../../domain/provider";
import type { RecommendationPage } from "../../feeds/nodes";
import { toPageRequest, type PageArgs } from "../../relay/page-args";
import { feedConnection } from "../connection/feed-connection";
import type { RequestContext } from "../context";

export const externalUserIdDescription = "Whose profile; left out: the authenticated user's own.";
export const providersDescription =
  "Narrows the list to these; one that cannot serve the profile is an entry in `issues` of every page. Left out: all that can.";

/** A page of a profile's recommendations. */
export function icpRecommendations(
  icp: Icp,
  providers: readonly Provider[] | null,
  args: PageArgs,
  context: RequestContext,
): RecommendationPage | Promise<RecommendationPage> {
  const { tenant, services } = context;
  const request = services.icpRecommendations.pageRequest(tenant, icp, providers, toPageRequest(args));
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
  const known = context.services.icps.peek(context.tenant, externalUserId);
  if (known) return icpRecommendations(known, providers, args, context);
  return icpOrRefuse(externalUserId, context).then((icp) => icpRecommendations(icp, providers, args, context));
}

async function icpOrRefuse(externalUserId: string | null, { tenant, services }: RequestContext): Promise<Icp> {
  const icp = await services.icps.load(tenant, externalUserId);
  if (icp) return icp;
  const whose = externalUserId === null ? "of your own" : `for externalUserId ${JSON.stringify(externalUserId)}`;
  throw new InputError(`There is no profile ${whose}. Save one with upsertICP first.`);
}
