import { BadRequest, readFields, readInteger, readOptionalText } from "../simulator/fields";
import { indexOf, type Kind } from "./ids";
import type { LushaRules } from "./lusha-options";
import { readId, readOptionalList, type Seed } from "./seeds";

const MAX_LIMIT = 25;
const MAX_SEEDS = 100;

/** A request. `requestId` is `null` for a new set; `exclude` has only rows of the catalogue. */
export interface RecommendationRequest {
  readonly seeds: readonly Seed[];
  readonly exclude: readonly number[];
  readonly limit: number;
  readonly requestId: string | null;
}

/**
 * The body of `POST /api/recommendations/contacts` or `/companies`.
 *
 * @throws {BadRequest}
 */
export function readRecommendationRequest(kind: Kind, body: unknown, rules: LushaRules): RecommendationRequest {
  const fields = readFields(body, "body");
  const seeds = readOptionalList(fields[kind], kind).map((seed, place) => readSeed(kind, seed, `${kind}[${place}]`));
  if (seeds.length === 0) throw new BadRequest(kind, "must have at least 1 item");
  if (seeds.length > MAX_SEEDS) throw new BadRequest(kind, `must have at most ${MAX_SEEDS} items`);
  const exclude = readOptionalList(fields["exclude"], "exclude").flatMap(
    (item, place) => readExcluded(kind, item, `exclude[${place}]`, rules) ?? [],
  );
  return {
    seeds,
    exclude,
    limit: readLimit(fields["limit"], rules),
    requestId: readOptionalText(fields["requestId"], "requestId", 250),
  };
}

function readSeed(kind: Kind, value: unknown, field: string): Seed {
  const { personId, companyId } = readFields(value, field);
  const company = readId(companyId, `${field}.companyId`);
  if (kind === "companies") return { field, sent: String(company), index: indexOf(kind, company) };
  const person = readId(personId, `${field}.personId`);
  return { field, sent: String(person), index: indexOf(kind, person) };
}

function readExcluded(kind: Kind, value: unknown, field: string, { excludeForm }: LushaRules): number | null {
  const isId = typeof value === "string" || typeof value === "number";
  if (isId && excludeForm === "objects") throw new BadRequest(field, "must be an object");
  if (!isId && excludeForm === "ids") throw new BadRequest(field, "must be an id");
  return isId ? indexOf(kind, readId(value, field)) : readSeed(kind, value, field).index;
}

function readLimit(value: unknown, { minLimit, overMaxLimit }: LushaRules): number {
  if (value === undefined) return MAX_LIMIT;
  const limit = readInteger(value, "limit");
  if (limit < minLimit) throw new BadRequest("limit", `must not be less than ${minLimit}`);
  if (limit > MAX_LIMIT && overMaxLimit === "reject") {
    throw new BadRequest("limit", `must not be greater than ${MAX_LIMIT}`);
  }
  return Math.min(limit, MAX_LIMIT);
}
