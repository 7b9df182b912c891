import { companyOf } from "../catalogue/people";
import { ReturnedLog } from "../catalogue/returned";
import type { SimulatorRequest } from "../simulator/call-log";
import type { Answer } from "../simulator/deliver";
import { BadRequest } from "../simulator/fields";
import type { Provider } from "../simulator/simulator";
import { Listing } from "./listing";
import type { LetricsRules } from "./letrics-options";
import { readQuery } from "./letrics-request";
import { companyRow, contactRow } from "./letrics-rows";

const ERROR_IDS: Readonly<Record<number, string>> = {
  400: "invalid_input",
  401: "unauthorized",
  402: "payment_required",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  429: "rate_limited",
};

/**
 * Letrics' two calls, by the documented rules; the fields of the rows are assumed.
 *
 * @see The provider's reference, Contacts and Companies.
 */
export class LetricsService implements Provider {
  readonly listing: Listing;
  readonly given = new ReturnedLog();
  private answers = 0;

  constructor(private readonly rules: LetricsRules) {
    this.listing = new Listing(rules);
  }

  handle(request: SimulatorRequest): Answer {
    if (!this.rules.apiKeys.includes(this.caller(request))) return this.error(401, "the API key is missing or wrong");
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof BadRequest) return this.error(400, error.message);
      throw error;
    }
  }

  errorBody(code: number, details: string): unknown {
    return { errors: [{ id: ERROR_IDS[code] ?? "internal_error", code, details }] };
  }

  /** The bearer token; "" where there is none. */
  caller({ headers }: SimulatorRequest): string {
    return /^Bearer (\S+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? "";
  }

  /** Number of calls that were answered 200. */
  charged(): number {
    return this.answers;
  }

  private route(request: SimulatorRequest): Answer {
    const { contactsPath, companiesPath, method } = this.rules;
    if (request.path !== contactsPath && request.path !== companiesPath) return this.error(404, "no such path");
    const methods = method === "either" ? ["POST", "GET"] : [method];
    if (!methods.includes(request.method)) return this.error(405, `use ${methods.join(" or ")}`);
    return this.list(request.path === contactsPath ? "contacts" : "companies", request);
  }

  private list(what: "contacts" | "companies", request: SimulatorRequest): Answer {
    const query = readQuery(what, request, this.rules);
    const matching = this.listing.matching(query);
    const perPage = Math.min(query.perPage, this.rules.maxPerPage);
    const rows = matching.slice((query.page - 1) * perPage, query.page * perPage);
    this.given.add(what === "contacts" ? { companies: rows.map(companyOf), people: rows } : { companies: rows });
    this.answers += 1;
    const total = this.rules.total ? { total: matching.length } : {};
    return {
      status: 200,
      body: {
        data: rows.map((row) => this.rowOf(what, row)),
        meta: { ...(this.rules.pageInMeta ? { page: query.page, per_page: perPage } : {}), ...total },
        ...this.noErrors(),
      },
    };
  }

  private rowOf(what: "contacts" | "companies", row: number): unknown {
    return what === "contacts"
      ? contactRow(row, this.listing.createdAtMs(companyOf(row)))
      : companyRow(row, this.listing.createdAtMs(row));
  }

  private noErrors(): { readonly errors?: readonly [] | null } {
    const { noErrors } = this.rules;
    if (noErrors === "absent") return {};
    return { errors: noErrors === "null" ? null : [] };
  }

  private error(status: number, details: string): Answer {
    return { status, body: this.errorBody(status, details) };
  }
}
