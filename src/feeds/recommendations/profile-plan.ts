import { ProviderError } from "../../domain/errors";
import type { Profile } from "../../domain/profile";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import type { ProfileList, Served, ServedFeed } from "./profile-list.port";

/** A list that can serve a profile, and its feed. */
export interface NamedList {
  readonly list: ProfileList;
  readonly feed: ServedFeed;
}

/** Which lists can serve a profile. */
export interface ProfilePlan {
  /** In the order of their turns. */
  readonly served: readonly NamedList[];
  /** Why the other lists cannot. */
  readonly refused: readonly ProviderError[];
}

/** Asks every list for its feed. @returns no promise, where no list has to look anything up. */
export function planFor(
  lists: readonly ProfileList[],
  tenant: TenantId,
  profile: Profile,
): ProfilePlan | Promise<ProfilePlan> {
  const answers = lists.map((list) => ask(list, tenant, profile));
  const known = answers.flatMap((answer) => (answer instanceof Promise ? [] : [answer]));
  if (known.length === answers.length) return toPlan(lists, known);
  return Promise.all(answers.map((answer) => Promise.resolve(answer))).then((all) => toPlan(lists, all));
}

/** Why a provider that was requested by name has no list for the profile. */
export function absenceOf(provider: Provider, { refused }: ProfilePlan): ProviderError {
  return (
    refused.find((reason) => reason.provider === provider) ??
    cannotServe(provider, "has no recommendations by profile.")
  );
}

/** @param why continues the sentence after the provider's name. */
export function cannotServe(provider: Provider, why: string): ProviderError {
  return new ProviderError(provider, "PROVIDER_CANNOT_SERVE", `${PROVIDER_NAMES[provider]} ${why}`);
}

function ask(list: ProfileList, tenant: TenantId, profile: Profile): Served | Promise<Served> {
  const { unavailable } = list.source;
  return unavailable ? { kind: "refused", reason: unavailable } : list.serve(tenant, profile);
}

function toPlan(lists: readonly ProfileList[], answers: readonly Served[]): ProfilePlan {
  const served = lists.flatMap((list, i) => {
    const answer = answers[i];
    return answer?.kind === "served" ? [{ list, feed: answer }] : [];
  });
  return { served, refused: answers.flatMap((answer) => (answer.kind === "refused" ? [answer.reason] : [])) };
}
