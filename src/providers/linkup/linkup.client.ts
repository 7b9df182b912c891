import { PROVIDER_NAMES } from "../../domain/provider";
import type { CallControl, Refusal } from "../http/provider-call";
import type { ProviderHttp } from "../http/provider-http";
import { wordsOf } from "../http/refusal";
import { readPerson, WireRecommendations, type WirePerson } from "./linkup.wire";

/** How many people to ask for: the first `people`, or pages of ten people. */
export type LinkupAmount =
  | { readonly kind: "first"; readonly people: number }
  | { readonly kind: "pages"; readonly from: number; readonly to: number };

export interface LinkupPeople {
  /** By relevance; `null` for a person that cannot be read. */
  readonly people: readonly (WirePerson | null)[];
  /** `null` where LinkUp does not say. */
  readonly totalPages: number | null;
}

/** LinkUp's recommendations for the LinkedIn account of a login token. Every answer is charged, so no request is repeated. */
export class LinkupClient {
  constructor(private readonly http: ProviderHttp) {}

  /**
   * @throws {ProviderError}
   * @see LinkUp API v1, `POST /v1/network/recommendations`, read 2026-11-20.
   */
  async recommendations(
    loginToken: string,
    country: string,
    amount: LinkupAmount,
    control: CallControl,
  ): Promise<LinkupPeople> {
    const operation = "recommendations";
    const { body } = await this.http.request({
      operation,
      method: "POST",
      path: "/v1/network/recommendations",
      body: { ...toBody(amount), country, login_token: loginToken },
      schema: WireRecommendations,
      secrets: [loginToken],
      ...control,
    });
    const { recommendations, pagination } = body.data;
    return {
      people: this.http.readRows(operation, recommendations, readPerson),
      totalPages: pagination?.total_pages ?? null,
    };
  }
}

function toBody(amount: LinkupAmount): Readonly<Record<string, number>> {
  return amount.kind === "first" ? { total_results: amount.people } : { start_page: amount.from, end_page: amount.to };
}

/** A 200 may report an error. @see LinkUp API v1, "Response": `status` is success or error. Read 2026-11-20. */
export function findLinkupRefusal(body: unknown): { readonly status: null } | null {
  const isRefusal = typeof body === "object" && body !== null && "status" in body && body.status === "error";
  return isRefusal ? { status: null } : null;
}

/** Words in messages about something else that has expired than the LinkedIn session. */
const NOT_THE_SESSION = /api.?key|plan|subscription|trial|account|licen[cs]e|credit|quota/i;

/** Recognises an expired LinkedIn session, which the caller must renew. @see LinkUp API v1, errors, read 2026-11-20. */
export function readLinkupRefusal(status: number | null, body: unknown): Refusal | null {
  if (status !== 403 && status !== null) return null;
  const words = wordsOf(body) ?? "";
  const isSession = /cookie invalid/i.test(words) || (/expired/i.test(words) && !NOT_THE_SESSION.test(words));
  if (!isSession) return null;
  const suffix = status === null ? "" : ` (${String(status)})`;
  return {
    code: "PROVIDER_CREDENTIALS_REJECTED",
    message: `The LinkedIn session at ${PROVIDER_NAMES.LINKUP} has expired${suffix}. Log in again and send the new login token in x-linkup-login-token.`,
  };
}
