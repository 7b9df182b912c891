import { companyWithDomain, companyWithPage, personWithProfile } from "../catalogue/lookup";
import { BadRequest, readFields, readInteger, readOptionalFields, readOptionalText } from "../simulator/fields";
import { indexOf, type Kind } from "./ids";
import type { LushaRules } from "./lusha-options";
import { readId, readOptionalList, type Seed } from "./seeds";

const MAX_SEEDS = 100;
const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 25;

/** A request; `sessionId` is `null` for a new session. */
export interface LookalikeRequest {
  readonly seeds: readonly Seed[];
  readonly exclude: readonly number[];
  readonly limit: number;
  readonly sessionId: string | null;
}

/** The lists in `seeds` and `exclude`, and how their items are found in the catalogue. */
const LISTS: Readonly<Record<Kind, Readonly<Record<string, (item: unknown, field: string) => number | null>>>> = {
  companies: {
    domains: (item, field) => companyWithDomain(readText(item, field)),
    linkedinUrls: (item, field) => companyWithPage(readText(item, field)),
    companyIds: (item, field) => indexOf("companies", readId(item, field)),
  },
  contacts: {
    linkedinUrls: (item, field) => personWithProfile(readText(item, field)),
    contactIds: (item, field) => indexOf("contacts", readId(item, field)),
  },
};

/**
 * The body of `POST /v3/lookalike/contacts` or `/companies`.
 *
 * @throws {BadRequest}
 */
export function readLookalikeRequest(kind: Kind, body: unknown, rules: LushaRules): LookalikeRequest {
  const fields = readFields(body, "body");
  const seeds = readLists(kind, readFields(fields["seeds"], "seeds"), "seeds");
  if (seeds.length < rules.minLookalikeSeeds || seeds.length > MAX_SEEDS) {
    throw new BadRequest("seeds", `must be ${rules.minLookalikeSeeds} to ${MAX_SEEDS}`);
  }
  const limit = fields["limit"] === undefined ? DEFAULT_LIMIT : readInteger(fields["limit"], "limit");
  if (limit < 1 || limit > MAX_LIMIT) throw new BadRequest("limit", `must be 1 to ${MAX_LIMIT}`);
  return {
    seeds,
    exclude: readLists(kind, readOptionalFields(fields["exclude"], "exclude"), "exclude").flatMap(
      ({ index }) => index ?? [],
    ),
    limit,
    sessionId: readOptionalText(fields["dedupeSessionId"], "dedupeSessionId", 250),
  };
}

function readLists(kind: Kind, lists: Readonly<Record<string, unknown>>, field: string): readonly Seed[] {
  return Object.entries(lists).flatMap(([name, list]) => {
    const read = LISTS[kind][name];
    if (read === undefined) throw new BadRequest(`${field}.${name}`, "is not known");
    return readOptionalList(list, `${field}.${name}`).map((item, place) => {
      const at = `${field}.${name}[${place}]`;
      return { field: at, sent: String(item), index: read(item, at) };
    });
  });
}

function readText(value: unknown, field: string): string {
  if (typeof value !== "string" || value === "") throw new BadRequest(field, "must be a text");
  return value;
}
