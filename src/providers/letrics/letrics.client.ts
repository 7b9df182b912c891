import { toInt } from "../../domain/lenient";
import type { ProviderHttp } from "../http/provider-http";
import type { LetricsFilters } from "./letrics.query";
import type { RowReader } from "../http/wire";
import { letricsWords, readCompany, readContact, WireRows, type WireCompany, type WireContact } from "./letrics.wire";

/** A page of fixed size; pages count from 1. */
export interface LetricsPage {
  readonly page: number;
  readonly perPage: number;
}

export interface LetricsRows<Row> {
  /** In Letrics' order; `null` for a row that cannot be read. */
  readonly rows: readonly (Row | null)[];
  /** How many rows there are in all; `null` where Letrics does not say. */
  readonly total: number | null;
  /** The error that Letrics reported together with rows; `null` where there is none. */
  readonly complaint: string | null;
  /** The page size that Letrics used; `null` where it does not say. */
  readonly perPage: number | null;
}

export interface LetricsSettings {
  readonly contactsPath: string;
  readonly companiesPath: string;
  readonly method: "POST" | "GET";
}

/** Letrics' two searches. Every method is one HTTP call, retries not counted. */
export class LetricsClient {
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: LetricsSettings,
  ) {}

  /**
   * @throws {ProviderError}
   * @see Letrics API, Companies, read 2026-11-20.
   */
  companies(filters: LetricsFilters, page: LetricsPage, signal: AbortSignal): Promise<LetricsRows<WireCompany>> {
    const request = this.#request(this.settings.companiesPath, filters, page);
    return this.#search("companies", request, readCompany, signal);
  }

  /**
   * @throws {ProviderError}
   * @see Letrics API, Contacts, read 2026-11-20.
   */
  contacts(filters: LetricsFilters, page: LetricsPage, signal: AbortSignal): Promise<LetricsRows<WireContact>> {
    const request = this.#request(this.settings.contactsPath, filters, page);
    return this.#search("contacts", request, readContact, signal);
  }

  async #search<Row>(
    operation: string,
    request: LetricsRequest,
    read: RowReader<Row>,
    signal: AbortSignal,
  ): Promise<LetricsRows<Row>> {
    const { body } = await this.http.request({ operation, ...request, schema: WireRows, signal });
    const total = toInt(body.meta?.total);
    const perPage = toInt(body.meta?.per_page);
    const complaint = letricsWords(body);
    return {
      rows: this.http.readRows(operation, body.data, read),
      total: total !== null && total >= 0 ? total : null,
      perPage: perPage !== null && perPage >= 1 ? perPage : null,
      complaint: complaint === null ? null : this.http.showable(complaint),
    };
  }

  #request(path: string, filters: LetricsFilters, { page, perPage }: LetricsPage): LetricsRequest {
    const fields = { ...filters, page, per_page: perPage };
    return this.settings.method === "POST"
      ? { method: "POST", path, body: fields }
      : { method: "GET", path, query: toQuery(fields) };
  }
}

type LetricsRequest =
  | { readonly method: "POST"; readonly path: string; readonly body: unknown }
  | { readonly method: "GET"; readonly path: string; readonly query: URLSearchParams };

/** The fields as a query string; a list repeats its name. */
function toQuery(fields: Readonly<Record<string, string | number | boolean | readonly string[]>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === "object" ? value : [value]) query.append(name, String(one));
  }
  return query;
}
