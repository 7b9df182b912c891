import { createHash } from "node:crypto";
import type { z } from "zod";
import type { ProviderHttp } from "../http/provider-http";
import { echoDifferences } from "./surfe.echo";
import type { SurfeFilters } from "./surfe.query";
import { readCompany, WireFetchAnswer, WireFilterOptions, WireIcpAnswer, type WireCompany } from "./surfe.wire";

/** Offsets into the day's list; Surfe does not say whether `to` is included. */
export interface SurfeWindow {
  readonly from: number;
  readonly to: number;
}

/** A row of the day's list; one that cannot be read is identified by a hash of its content. */
export type SurfeRow =
  { readonly kind: "company"; readonly company: WireCompany } | { readonly kind: "unread"; readonly hash: string };

export interface SurfePage {
  /** In Surfe's order. */
  readonly rows: readonly SurfeRow[];
  readonly hasMore: boolean;
}

/** Surfe's endpoints for recommendations. Every method is one HTTP call, retries not counted; all may be repeated freely. */
export class SurfeClient {
  constructor(private readonly http: ProviderHttp) {}

  /**
   * Creates or replaces the profile of `externalUserId`; `null` is the authenticated user's own.
   *
   * @returns Surfe's own id of it; `null` where the answer has none.
   * @throws {ProviderError} `PROVIDER_REJECTED_REQUEST` with Surfe's message where it does not accept a value.
   * @see Surfe API v2, `POST /v2/recommendations/icp`, read 2026-11-20.
   */
  async upsertIcp(externalUserId: string | null, filters: SurfeFilters, signal?: AbortSignal): Promise<string | null> {
    const operation = "upsertIcp";
    const { body } = await this.http.request({
      operation,
      method: "POST",
      path: "/v2/recommendations/icp",
      body: { ...filters, ...userOf(externalUserId) },
      schema: WireIcpAnswer,
      anyBody: true,
      ...(signal ? { signal } : {}),
    });
    this.http.reportEchoDifferences(operation, body === null ? [] : echoDifferences(filters, body));
    return body?.id ?? null;
  }

  /**
   * The values that Surfe accepts in a profile; free of charge as far as is known.
   *
   * @throws {ProviderError}
   * @see Surfe API v1, `GET /v1/people/search/filters` ("Get Filters"), read 2026-11-20.
   */
  async filterOptions(signal: AbortSignal): Promise<z.output<typeof WireFilterOptions>> {
    const { body } = await this.http.request({
      operation: "filterOptions",
      method: "GET",
      path: "/v1/people/search/filters",
      schema: WireFilterOptions,
      signal,
    });
    return body;
  }

  /**
   * A window of the day's list: the same window has the same companies until the day changes.
   *
   * @throws {ProviderError}
   * @see Surfe API v2, `POST /v2/recommendations/fetch`, read 2026-11-20.
   */
  async fetchRecommendations(
    externalUserId: string | null,
    window: SurfeWindow,
    signal: AbortSignal,
  ): Promise<SurfePage> {
    const operation = "fetchRecommendations";
    const { body } = await this.http.request({
      operation,
      method: "POST",
      path: "/v2/recommendations/fetch",
      body: { ...userOf(externalUserId), pagination: window },
      schema: WireFetchAnswer,
      signal,
    });
    const values = body.companies ?? [];
    const companies = this.http.readRows(operation, values, readCompany);
    return {
      rows: companies.map((company, i) => (company ? { kind: "company", company } : unread(values[i]))),
      hasMore: body.pagination?.hasmore ?? true,
    };
  }
}

function unread(value: unknown): SurfeRow {
  return { kind: "unread", hash: createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32) };
}

function userOf(externalUserId: string | null): { externalUserId?: string } {
  return externalUserId === null ? {} : { externalUserId };
}
