import { COMPANY_COUNT } from "../catalogue/companies";
import { ReturnedLog } from "../catalogue/returned";
import type { SimulatorRequest } from "../simulator/call-log";
import type { Answer } from "../simulator/deliver";
import type { Provider } from "../simulator/simulator";
import { Calendar } from "./calendar";
import { DayLists } from "./day-lists";
import { BadRequest, readOptionalText } from "../simulator/fields";
import { FILTER_VALUES } from "./filter-values";
import { Ledger } from "./ledger";
import type { SurfeRules } from "./surfe-options";
import { ownerOf, type Profile, Profiles } from "./surfe-profiles";
import { readFetchRequest, readIcpRequest } from "./requests";
import { recommendationRow, wantedPeople } from "./surfe-rows";

/**
 * Surfe's four calls, by the documented rules.
 *
 * @see Surfe API v2, `/v2/recommendations/icp` and `/v2/recommendations/fetch`.
 */
export class SurfeService implements Provider {
  readonly calendar: Calendar;
  readonly ledger: Ledger;
  readonly given = new ReturnedLog();
  private readonly profiles = new Profiles();
  private readonly lists: DayLists;
  private known: number;

  constructor(private readonly rules: SurfeRules) {
    this.calendar = new Calendar(rules.now, rules.dayTurnsAtHour);
    this.ledger = new Ledger(this.calendar);
    this.lists = new DayLists(this.calendar);
    this.known = Math.min(rules.companies, COMPANY_COUNT);
  }

  handle(request: SimulatorRequest): Answer {
    const apiKey = this.caller(request);
    if (!this.rules.apiKeys.includes(apiKey)) return this.error(401, "unauthorized");
    try {
      return this.route(request, apiKey);
    } catch (error) {
      if (error instanceof BadRequest) return this.error(400, error.message);
      throw error;
    }
  }

  errorBody(code: number, message: string): unknown {
    return { code, message };
  }

  /** The bearer token; "" where there is none. */
  caller({ headers }: SimulatorRequest): string {
    return /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? "";
  }

  /** Makes this many more companies of the catalogue known, for lists that are made from now on. */
  insert(count: number): void {
    this.known = Math.min(this.known + count, COMPANY_COUNT);
  }

  /** The users who share what was seen. */
  scopeOf(apiKey: string, externalUserId: string | null): string {
    return this.rules.seenBy === "key" ? apiKey : ownerOf(apiKey, externalUserId);
  }

  private route({ method, path, body, query }: SimulatorRequest, apiKey: string): Answer {
    switch (`${method} ${path}`) {
      case "POST /v2/recommendations/icp":
        return this.saveIcp(body, apiKey);
      case "GET /v2/recommendations/icp":
        return this.listIcps(query["externalUserId"], apiKey);
      case "POST /v2/recommendations/fetch":
        return this.fetch(body, apiKey);
      case "GET /v1/people/search/filters":
        return { status: 200, body: FILTER_VALUES };
      default:
        return this.error(404, "not found");
    }
  }

  private saveIcp(body: unknown, apiKey: string): Answer {
    const profile = this.profiles.save(apiKey, readIcpRequest(body));
    if (this.rules.onReplace === "new-list") this.lists.discard(profile);
    const { externalUserId } = profile;
    return { status: 201, body: { ...icpBody(profile), ...(externalUserId === null ? {} : { externalUserId }) } };
  }

  private listIcps(externalUserId: unknown, apiKey: string): Answer {
    const profile = this.profiles.find(apiKey, readOptionalText(externalUserId, "externalUserId", 250));
    const icpFilters = profile === undefined ? [] : [{ ...icpBody(profile), type: "DECLARED_ICP" }];
    return {
      status: 200,
      body: { icpFilters, pagination: { hasMore: false, limit: 10, totalAmount: icpFilters.length } },
    };
  }

  private fetch(body: unknown, apiKey: string): Answer {
    const { externalUserId, from, to, end } = readFetchRequest(body, this.rules);
    const profile = this.profiles.find(apiKey, externalUserId);
    if (profile === undefined) {
      if (this.rules.withoutIcp === "404") return this.error(404, "no ICP found for this user");
      return { status: 200, body: { companies: [], pagination: { from, hasMore: false, to } } };
    }

    const scope = this.scopeOf(apiKey, externalUserId);
    const list = this.lists.today(profile, this.known, () => this.ledger.seenBefore(scope));
    const rows = list.companies.slice(from, end);
    this.ledger.record(scope, apiKey, rows);
    this.given.add({ companies: rows, people: rows.flatMap((company) => wantedPeople(company, list.profile)) });
    return {
      status: 200,
      body: {
        companies: rows.map((company) => recommendationRow(company, list)),
        pagination: { from, hasMore: end < list.companies.length, to },
      },
    };
  }

  private error(status: number, message: string): Answer {
    return { status, body: this.errorBody(status, message) };
  }
}

function icpBody({ companies, id, people }: Profile) {
  return { companies, id, people };
}
