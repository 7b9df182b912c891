import { z } from "zod";
import { entityKey, type EntityKey } from "../../domain/entity-key";
import { toLinkedinSlug } from "../../domain/web-address";
import type { FeedHead, Json } from "../../feeds/feed/feed-model";
import type { StatePeople } from "../../feeds/feed/feed-people.port";
import type { LushaQuery } from "./lusha.query";

export type LushaSeeds = LushaQuery["seeds"];

/**
 * What Lusha is asked for, in the words that were known when the feed began; the session to go on from; and the rows so far,
 * as long as they are few enough to be left out of a new set.
 */
export interface LushaState {
  readonly asked: LushaQuery;
  readonly session: string | null;
  readonly known: LushaSeeds | null;
}

/** The state in which a feed begins. */
export function firstState(asked: LushaQuery): Json {
  return { asked, session: null, known: [] };
}

/**
 * Reads only what was written here. Feeds of older versions have what is asked for as their query.
 *
 * @throws {z.ZodError} it was written by somebody else.
 */
export function toState({ state, query }: FeedHead): LushaState {
  const { asked, ...rest } = State.parse(state ?? {});
  return { asked: asked ?? Query.parse(JSON.parse(query)), ...rest };
}

const companySeeds = z.array(
  z.union([
    z.strictObject({ by: z.literal("id"), companyId: z.string() }),
    z.strictObject({ by: z.literal("domain"), domain: z.string() }),
    z.strictObject({ by: z.literal("linkedin"), linkedinUrl: z.string() }),
  ]),
);

const personSeeds = z.array(
  z.union([
    z.strictObject({ by: z.literal("id"), personId: z.string(), companyId: z.string() }),
    z.strictObject({ by: z.literal("linkedin"), linkedinUrl: z.string() }),
  ]),
);

const Query = z.union([
  z.object({ kind: z.literal("companies"), seeds: companySeeds, exclude: companySeeds }),
  z.object({ kind: z.literal("people"), seeds: personSeeds, exclude: personSeeds }),
]);

const State = z.object({
  asked: Query.optional(),
  session: z.string().nullable().default(null),
  known: z.union([companySeeds, personSeeds]).nullable().default([]),
});

type Seed = LushaSeeds[number];

/** The people in a state: those who are left out of the list, and those in its rows so far. */
export const lushaStatePeople: StatePeople = {
  peopleIn: (state) => {
    const { asked, known } = State.parse(state ?? {});
    return [...(asked?.exclude ?? []), ...(known ?? [])].flatMap((seed) => personIn(seed) ?? []);
  },
  without: (state, people) => {
    if (state === null) return null;
    const { asked, known, session } = State.parse(state);
    const isOther = (seed: Seed): boolean => {
      const key = personIn(seed);
      return key === null || !people.has(key);
    };
    return {
      ...(asked ? { asked: { ...asked, exclude: asked.exclude.filter(isOther) } } : {}),
      session,
      known: known && known.filter(isOther),
    };
  },
};

/** The key of a person; `null` for a company. */
function personIn(seed: Seed): EntityKey | null {
  if (seed.by === "id") return "personId" in seed ? entityKey("Person", "lusha", seed.personId) : null;
  const slug = seed.by === "linkedin" ? toLinkedinSlug("Person", seed.linkedinUrl) : null;
  return slug && entityKey("Person", "linkedin", slug);
}
