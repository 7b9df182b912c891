import type { CallControl } from "../http/provider-call";
import type { ProviderHttp } from "../http/provider-http";
import type { LushaPage, LushaPages } from "./lusha.page";
import type { LushaCompanySeed, LushaPersonSeed, LushaQuery } from "./lusha.query";
import { toLookalikeCompanyRow, toLookalikePersonRow } from "./lusha.records";
import { withSessionRefusal } from "./lusha.refusal";
import { chargedIn, readLookalike, WireLookalikes } from "./lusha.wire";

/** Lusha's lookalikes, the successor of its recommendations: seeds may also be domains and LinkedIn addresses. */
export class LookalikesClient implements LushaPages {
  /** @see Lusha API v3, `POST /v3/lookalike/…`, read 2026-11-20. */
  readonly largest = 100;

  constructor(private readonly http: ProviderHttp) {}

  async next(query: LushaQuery, session: string | null, limit: number, control: CallControl): Promise<LushaPage> {
    const operation = query.kind === "companies" ? "similarCompanies" : "similarPeople";
    const { body } = await this.http.request({
      operation,
      chargedIn,
      method: "POST",
      path: query.kind === "companies" ? "/v3/lookalike/companies" : "/v3/lookalike/contacts",
      body: {
        seeds: namesOf(query.seeds),
        ...(query.exclude.length === 0 ? {} : { exclude: namesOf(query.exclude) }),
        limit,
        ...(session === null ? {} : { dedupeSessionId: session }),
      },
      schema: WireLookalikes,
      ...control,
      ...withSessionRefusal(session),
    });
    const toRow = query.kind === "companies" ? toLookalikeCompanyRow : toLookalikePersonRow;
    return {
      rows: this.http.readRows(operation, body.results, readLookalike).map((row) => row && toRow(row)),
      session: body.dedupeSessionId,
      hasMore: body.meta?.hasMore ?? null,
      credits: body.creditsCharged,
    };
  }
}

/** The seeds by kind of name; kinds without a seed are left out. */
function namesOf(seeds: readonly (LushaCompanySeed | LushaPersonSeed)[]): Readonly<Record<string, readonly string[]>> {
  const names: Record<string, string[]> = {};
  const add = (kind: string, name: string): void => void (names[kind] ??= []).push(name);
  for (const seed of seeds) {
    if (seed.by === "domain") add("domains", seed.domain);
    else if (seed.by === "linkedin") add("linkedinUrls", seed.linkedinUrl);
    else if ("personId" in seed) add("contactIds", seed.personId);
    else add("companyIds", seed.companyId);
  }
  return names;
}
