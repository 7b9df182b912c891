import { ReturnedLog } from "../catalogue/returned";
import type { SimulatorRequest } from "../simulator/call-log";
import type { Answer } from "../simulator/deliver";
import { BadRequest } from "../simulator/fields";
import { RateWindow } from "../simulator/rate-window";
import type { Provider } from "../simulator/simulator";
import { Networks } from "./networks";
import type { LinkUpRules } from "./linkup-options";
import { PAGE_SIZE, readRecommendationsRequest, type Wanted } from "./linkup-request";
import { personRow } from "./linkup-rows";

const MINUTE_MS = 60_000;

/**
 * LinkUp's recommendations, by the documented rules. Every answer is charged, errors too, except a 500.
 *
 * @see LinkUp API, `POST /v1/network/recommendations`.
 */
export class LinkUpService implements Provider {
  readonly networks: Networks;
  readonly given = new ReturnedLog();
  private readonly openTokens: Set<string>;
  private readonly rate: RateWindow;
  private credits = 0;

  constructor(private readonly rules: LinkUpRules) {
    this.networks = new Networks(rules);
    this.openTokens = new Set(rules.loginTokens);
    this.rate = new RateWindow(rules.callsPerMinute, MINUTE_MS, rules.now);
  }

  handle(request: SimulatorRequest): Answer {
    const apiKey = this.caller(request);
    if (!this.rules.apiKeys.includes(apiKey)) return this.refuse(request, 401, "invalid api key");
    if (this.rate.left(apiKey) === 0) return this.refuse(request, 429, "rate limit exceeded");
    this.rate.count(apiKey);
    if (`${request.method} ${request.path}` !== "POST /v1/network/recommendations") {
      return this.refuse(request, 404, "not found");
    }
    try {
      return this.recommend(request);
    } catch (error) {
      if (error instanceof BadRequest) return this.refuse(request, 400, error.message);
      throw error;
    }
  }

  errorBody(_status: number, message: string): unknown {
    return { status: "error", message };
  }

  refuse(_request: SimulatorRequest, status: number, message: string): Answer {
    if (status !== 500) this.credits += this.rules.creditsPerError;
    return { status, body: this.errorBody(status, message) };
  }

  /** The key; "" where there is none. */
  caller({ headers }: SimulatorRequest): string {
    return headers["x-api-key"] ?? "";
  }

  expireToken(loginToken: string): void {
    this.openTokens.delete(loginToken);
  }

  charged(): number {
    return this.credits;
  }

  private recommend(request: SimulatorRequest): Answer {
    const { loginToken, country, wanted } = readRecommendationsRequest(request.body, this.rules);
    if (!this.openTokens.has(loginToken)) return this.refuse(request, 403, this.expiredMessage());

    const list = this.networks.list(loginToken, country);
    const rows = rowsOf(list, wanted);
    const totalPages = Math.ceil(list.length / PAGE_SIZE);
    const pagesFetched = Math.ceil(rows.length / PAGE_SIZE);
    const pagination =
      wanted.kind === "pages"
        ? { pagination: { current_page: wanted.last, total_pages: totalPages, pages_fetched: pagesFetched } }
        : {};
    this.credits += this.priceOf(rows.length, wanted);
    this.given.add({ people: rows });
    return {
      status: 200,
      body: {
        status: "success",
        data: { total_results: rows.length, recommendations: rows.map(personRow), ...pagination },
      },
    };
  }

  /** The credits of an answer; at least 1, even without people. */
  private priceOf(returned: number, wanted: Wanted): number {
    const pages = this.rules.chargedBy === "asked" ? pagesAsked(wanted) : Math.ceil(returned / PAGE_SIZE);
    return Math.max(1, pages);
  }

  private expiredMessage(): string {
    return this.rules.expiredWords === "expired" ? "LinkedIn session has expired" : "LinkedIn cookie invalid";
  }
}

function rowsOf(list: readonly number[], wanted: Wanted): readonly number[] {
  return wanted.kind === "total"
    ? list.slice(0, wanted.count)
    : list.slice((wanted.first - 1) * PAGE_SIZE, wanted.last * PAGE_SIZE);
}

function pagesAsked(wanted: Wanted): number {
  return wanted.kind === "total" ? Math.ceil(wanted.count / PAGE_SIZE) : wanted.last - wanted.first + 1;
}
