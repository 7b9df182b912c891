import type { EntityKey } from "../../domain/entity-key";
import type { PersonExample, ProfileCriteria } from "../../domain/profile";

/** The people that a profile names. @param profile the column of that name. */
export function peopleInProfile(profile: string): readonly EntityKey[] {
  if (!profile.includes('"Person:')) return [];
  return peopleInCriteria(JSON.parse(profile) as ProfileCriteria);
}

/** The people that criteria name, as examples or to be left out. */
export function peopleInCriteria({ examplePeople, excludePeople = [] }: ProfileCriteria): readonly EntityKey[] {
  return [...examplePeople, ...excludePeople].map(({ key }) => key);
}

/** The criteria without some people. */
export function withoutPeople(
  criteria: ProfileCriteria,
  people: { readonly has: (key: EntityKey) => boolean },
): ProfileCriteria {
  const others = (all: readonly PersonExample[]): readonly PersonExample[] => all.filter(({ key }) => !people.has(key));
  const { excludePeople, ...rest } = criteria;
  const left = others(excludePeople ?? []);
  return {
    ...rest,
    examplePeople: others(criteria.examplePeople),
    ...(left.length === 0 ? {} : { excludePeople: left }),
  };
}
