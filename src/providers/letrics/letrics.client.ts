import { toInt } from "../../domain/lenient";
import type { ProviderHttp } from "../http/provider-http";
import type { LetricsFilters } from "./letrics.query";
import { WireCompanies, WireContacts, type WireCompany, type WireContact } from "./letrics.wire";

/** A page of fixed size; pages count from 1. */
export interface LetricsPage {
  readonly page: number;
  readonly perPage: number;
}

export interface LetricsRows<Row> {
  readonly rows: readonly Row[];
  /** `null` where Letrics does not say. */
  readonly total: number | null;
}

export interface LetricsSettings {
  readonly contactsPath: string;
  readonly companiesPath: string;
  readonly method: "POST" | "GET";
}

/** Letrics's two searches. Every method is one HTTP call, repeats aside. */
export class LetricsClient {
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: LetricsSettings,
  ) {}

  /**
   * @throws {ProviderError}
   * @see Letrics API, Companies, read 2026-11-20.
   */
  async companies(filters: LetricsFilters, page: LetricsPage, signal: AbortSignal): Promise<LetricsRows<WireCompany>> {
    const { body } = await this.http.request({
      ...this.#request(this.settings.companiesPath, filters, page),
      schema: WireCompanies,
      signal,
    });
    return { rows: body.data, total: toInt(body.meta?.total) };
  }

  /**
   * @throws {ProviderError}
   * @see Letrics API, Contacts, read 2026-11-20.
   */
  async contacts(filters: LetricsFilters, page: LetricsPage, signal: AbortSignal): Promise<LetricsRows<WireContact>> {
    const { body } = await this.http.request({
      ...this.#request(this.settings.contactsPath, filters, page),
      schema: WireContacts,
      signal,
    });
    return { rows: body.data, total: toInt(body.meta?.total) };
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

/** A list is its name repeated. */
function toQuery(fields: Readonly<Record<string, string | number | boolean | readonly string[]>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === "object" ? value : [value]) query.append(name, String(one));
  }
  return query;
}
