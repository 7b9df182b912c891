import { BadRequest, type Fields, readFields, readInteger } from "../simulator/fields";
import type { LinkUpRules } from "./linkup-options";

/** Number of people on a page. */
export const PAGE_SIZE = 10;

/** Countries in requests, and their codes in the catalogue. */
const COUNTRIES: ReadonlyMap<unknown, string> = new Map([
  ["US", "US"],
  ["UK", "GB"],
  ["FR", "FR"],
]);

/** The requested rows: the first `count`, or the pages from `first` to `last`, inclusive. */
export type Wanted =
  | { readonly kind: "total"; readonly count: number }
  | { readonly kind: "pages"; readonly first: number; readonly last: number };

/** A request. `wanted` is limited to the maximum number of results, unless that is an error; `country` is ISO 3166 alpha-2. */
export interface RecommendationsRequest {
  readonly loginToken: string;
  readonly country: string;
  readonly wanted: Wanted;
}

/**
 * The body of `POST /v1/network/recommendations`.
 *
 * @throws {BadRequest}
 */
export function readRecommendationsRequest(body: unknown, rules: LinkUpRules): RecommendationsRequest {
  const fields = readFields(body, "body");
  const { login_token: loginToken } = fields;
  if (typeof loginToken !== "string" || loginToken === "") throw new BadRequest("login_token", "is required");
  const country = COUNTRIES.get(fields["country"] ?? "FR");
  if (country === undefined) throw new BadRequest("country", `must be one of ${[...COUNTRIES.keys()].join(", ")}`);
  const isPaged = rules.paging === "pages" && (fields["start_page"] ?? fields["end_page"]) !== undefined;
  return { loginToken, country, wanted: isPaged ? readPages(fields, rules) : readTotal(fields, rules) };
}

function readTotal({ total_results: total = 10 }: Fields, rules: LinkUpRules): Wanted {
  const count = readInteger(total, "total_results");
  if (count < 1) throw new BadRequest("total_results", "must be at least 1");
  return { kind: "total", count: atMost(count, rules.maxResults, "total_results", rules) };
}

function readPages({ start_page: start = 1, end_page: end = start }: Fields, rules: LinkUpRules): Wanted {
  const first = readInteger(start, "start_page");
  const last = readInteger(end, "end_page");
  if (first < 1) throw new BadRequest("start_page", "must be at least 1");
  if (last < first) throw new BadRequest("end_page", "must not be less than start_page");
  return { kind: "pages", first, last: atMost(last, rules.maxResults / PAGE_SIZE, "end_page", rules) };
}

function atMost(value: number, most: number, field: string, { overMaxResults }: LinkUpRules): number {
  if (value > most && overMaxResults === "reject") throw new BadRequest(field, `must be at most ${most}`);
  return Math.min(value, most);
}
