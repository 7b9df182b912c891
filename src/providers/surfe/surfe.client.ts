import type { ProviderHttp } from "../http/provider-http";
import type { SurfeFilters } from "./surfe.query";
import { WireFetchAnswer, WireIcpAnswer, type WireCompany } from "./surfe.wire";

/** Offsets into the day's list; Surfe does not say whether `to` is included. */
export interface SurfeWindow {
  readonly from: number;
  readonly to: number;
}

export interface SurfePage {
  /** In Surfe's order. */
  readonly companies: readonly WireCompany[];
  readonly hasMore: boolean;
}

/** Surfe's two recommendation endpoints. Every method is one HTTP call, repeats aside; both may be repeated freely. */
export class SurfeClient {
  constructor(private readonly http: ProviderHttp) {}

  /**
   * Creates or replaces the profile of `externalUserId`; `null` is the authenticated user's own.
   *
   * @throws {ProviderError} `PROVIDER_REJECTED_REQUEST` with Surfe's words where it takes no such value.
   * @see Surfe API v2, `POST /v2/recommendations/icp`, read 2026-11-20.
   */
  async upsertIcp(externalUserId: string | null, filters: SurfeFilters, signal?: AbortSignal): Promise<void> {
    await this.http.request({
      method: "POST",
      path: "/v2/recommendations/icp",
      body: { ...filters, ...userOf(externalUserId) },
      schema: WireIcpAnswer,
      ...(signal ? { signal } : {}),
    });
  }

  /**
   * A window of the day's list: the same window brings the same companies until the day turns.
   *
   * @throws {ProviderError}
   * @see Surfe API v2, `POST /v2/recommendations/fetch`, read 2026-11-20.
   */
  async fetchRecommendations(
    externalUserId: string | null,
    window: SurfeWindow,
    signal: AbortSignal,
  ): Promise<SurfePage> {
    const { body } = await this.http.request({
      method: "POST",
      path: "/v2/recommendations/fetch",
      body: { ...userOf(externalUserId), pagination: window },
      schema: WireFetchAnswer,
      signal,
    });
    return { companies: body.companies ?? [], hasMore: body.pagination.hasmore };
  }
}

function userOf(externalUserId: string | null): { externalUserId?: string } {
  return externalUserId === null ? {} : { externalUserId };
}
