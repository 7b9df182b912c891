import { ReturnedLog } from "../catalogue/returned";
import type { SimulatorRequest } from "../simulator/call-log";
import type { Answer } from "../simulator/deliver";
import { BadRequest } from "../simulator/fields";
import type { Provider } from "../simulator/simulator";
import { stableId } from "../simulator/stable-id";
import { ErrorBodies } from "./error-bodies";
import type { Kind } from "./ids";
import { readLookalikeRequest } from "./lookalike-request";
import type { LushaRules } from "./lusha-options";
import { Rates } from "./rates";
import { readRecommendationRequest } from "./recommendation-request";
import { knownSeeds } from "./seeds";
import { nextRows, type Session, Sessions } from "./sessions";
import { similarTo } from "./similar";
import { lookalikeRow, recommendationRow } from "./lusha-rows";

/** An answer without headers. */
type Reply = Pick<Answer, "status" | "body">;

/**
 * Lusha's recommendations and lookalikes, by the documented rules.
 *
 * @see Lusha API, `POST /api/recommendations/{contacts,companies}` and `POST /v3/lookalike/{contacts,companies}`.
 */
export class LushaService implements Provider {
  readonly given = new ReturnedLog();
  readonly givenAsLookalikes = new ReturnedLog();
  private readonly sets: Sessions;
  private readonly dedupeSessions: Sessions;
  private readonly rates: Rates;
  private readonly errors: ErrorBodies;
  private credits = 0;

  constructor(private readonly rules: LushaRules) {
    this.sets = new Sessions(rules.sessionLifeMs, rules.now);
    this.dedupeSessions = new Sessions(rules.sessionLifeMs, rules.now);
    this.rates = new Rates(rules);
    this.errors = new ErrorBodies(rules);
  }

  handle(request: SimulatorRequest): Answer {
    const apiKey = this.caller(request);
    if (!this.rules.apiKeys.includes(apiKey)) return this.refuse(request, 401, "invalid api key");
    if (!this.rates.take(apiKey)) return this.refuse(request, 429, "rate limit exceeded");
    const { status, body } = this.reply(request, apiKey);
    return { status, body, headers: this.rates.headers(apiKey, status) };
  }

  errorBody(status: number, message: string): unknown {
    return this.errors.next(status, message);
  }

  /** Adds the headers of the rate limits, if the key is known. */
  refuse(request: SimulatorRequest, status: number, message: string): Answer {
    const apiKey = this.caller(request);
    const headers = this.rules.apiKeys.includes(apiKey) ? this.rates.headers(apiKey, status) : {};
    return { status, body: this.errorBody(status, message), headers };
  }

  /** The key; "" where there is none. */
  caller({ headers }: SimulatorRequest): string {
    return headers["api_key"] ?? "";
  }

  expireSessions(): void {
    this.sets.expireAll();
    this.dedupeSessions.expireAll();
  }

  charged(): number {
    return this.credits;
  }

  private reply(request: SimulatorRequest, apiKey: string): Reply {
    try {
      return this.route(request, apiKey);
    } catch (error) {
      if (error instanceof BadRequest) return this.error(400, error.message);
      throw error;
    }
  }

  private route({ method, path, body }: SimulatorRequest, apiKey: string): Reply {
    switch (`${method} ${path}`) {
      case "POST /api/recommendations/contacts":
        return this.recommend("contacts", body, apiKey);
      case "POST /api/recommendations/companies":
        return this.recommend("companies", body, apiKey);
      case "POST /v3/lookalike/contacts":
        return this.findLookalikes("contacts", body, apiKey);
      case "POST /v3/lookalike/companies":
        return this.findLookalikes("companies", body, apiKey);
      default:
        return this.error(404, "not found");
    }
  }

  /** Recommendations. A set keeps the seeds that it began with; seeds in later requests are ignored. */
  private recommend(kind: Kind, body: unknown, apiKey: string): Reply {
    const { rules, sets } = this;
    const { seeds, exclude, limit, requestId } = readRecommendationRequest(kind, body, rules);
    const known = knownSeeds(kind, seeds, rules);
    const set =
      requestId === null ? sets.begin(apiKey, kind, similarTo(kind, known, rules)) : sets.find(requestId, apiKey, kind);
    if (set === undefined) return this.error(rules.expiredAnswer, "requestId: is not known or has expired");

    const isShort = rules.endOfSet === "empty-page" && set.pages % 3 === 2;
    const { rows } = nextRows(set, set.candidates, { limit: isShort ? limit - 1 : limit, exclude });
    this.given.add({ [kind === "companies" ? "companies" : "people"]: rows });
    return {
      status: 200,
      body: {
        [kind]: rows.map((row) => recommendationRow(kind, row, rules)),
        requestId: this.requestIdOf(set, requestId),
        count: rows.length,
        creditsCharged: this.charge(rows.length),
      },
    };
  }

  private requestIdOf(set: Session, asked: string | null): string {
    if (asked !== null && this.rules.requestIds === "each-set") return asked;
    return this.sets.name(set, (number) => `req_${this.rules.nonce}${number}`);
  }

  /** Lookalikes. Rows that a session has returned do not come again, with any seeds. */
  private findLookalikes(kind: Kind, body: unknown, apiKey: string): Reply {
    const { rules, dedupeSessions } = this;
    const { seeds, exclude, limit, sessionId } = readLookalikeRequest(kind, body, rules);
    const known = knownSeeds(kind, seeds, rules);
    const candidates = similarTo(kind, known, rules);
    const session =
      sessionId === null
        ? dedupeSessions.begin(apiKey, kind, candidates)
        : dedupeSessions.find(sessionId, apiKey, kind);
    if (session === undefined) return this.error(410, "dedupeSessionId: has expired");

    const { rows, left } = nextRows(session, candidates, { limit, exclude });
    this.givenAsLookalikes.add({ [kind === "companies" ? "companies" : "people"]: rows });
    return {
      status: 200,
      body: {
        dedupeSessionId:
          sessionId ?? dedupeSessions.name(session, (number) => stableId("session", rules.nonce, number)),
        results: rows.map((row) => lookalikeRow(kind, row, rules)),
        meta: { returned: rows.length, hasMore: left > 0 },
        creditsCharged: this.charge(rows.length),
      },
    };
  }

  private charge(rows: number): number {
    const { creditsPerResult, creditsPerEmptyAnswer } = this.rules;
    const credits = rows === 0 ? creditsPerEmptyAnswer : Math.ceil(rows * creditsPerResult);
    this.credits += credits;
    return credits;
  }

  private error(status: number, message: string): Reply {
    return { status, body: this.errorBody(status, message) };
  }
}
