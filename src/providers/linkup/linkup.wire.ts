import { z } from "zod";
import { field, number, part, rowReader, rows, text, type RowOf } from "../http/wire";

/** @see LinkUp API v1, `POST /v1/network/recommendations`, read 2026-11-20. */
const person = { name: text, subtitle: text, profile_url: text, insight: text, entity_urn: text };

export type WirePerson = RowOf<typeof person>;

/** Reads a row of `WireRecommendations`. */
export const readPerson = rowReader(person);

/** The answer; its rows are not read yet. */
export const WireRecommendations = z.object({
  data: z.object({ recommendations: rows, pagination: field(part({ total_pages: number })) }),
});
