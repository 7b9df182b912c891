import { z } from "zod";

/** @see LinkUp API v1, `POST /v1/network/recommendations`, read 2026-11-20. */
const text = z.string().nullish();

export const WirePerson = z.object({
  name: text,
  subtitle: text,
  profile_url: text,
  insight: text,
  entity_urn: text,
});
export type WirePerson = z.infer<typeof WirePerson>;

export const WireRecommendations = z.object({
  status: z.literal("success"),
  data: z.object({
    recommendations: z.array(WirePerson),
    pagination: z.object({ current_page: z.number(), total_pages: z.number().nullish() }).nullish(),
  }),
});
