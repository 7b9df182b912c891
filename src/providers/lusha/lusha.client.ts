import type { z } from "zod";
import type { CallControl } from "../http/provider-call";
import type { ProviderHttp } from "../http/provider-http";
import type { LushaPage, LushaPages } from "./lusha.page";
import type { LushaCompanySeed, LushaPersonSeed, LushaQuery } from "./lusha.query";
import { toCompanyRow, toContactRow } from "./lusha.records";
import { withSessionRefusal } from "./lusha.refusal";
import { chargedIn, readCompany, readContact, WireCompanies, WireContacts } from "./lusha.wire";

/** The form of excluded rows in a request. */
export type ExcludeForm = "objects" | "ids";

/** Lusha's two recommendation endpoints. Seeds are Lusha's own ids. */
export class LushaClient implements LushaPages {
  /** @see Lusha API, `POST /api/recommendations/…`, read 2026-11-20. */
  readonly largest = 25;

  constructor(
    private readonly http: ProviderHttp,
    private readonly excludeForm: ExcludeForm,
  ) {}

  next(query: LushaQuery, session: string | null, limit: number, control: CallControl): Promise<LushaPage> {
    const nextPage: NextPage = { session, limit, control };
    return query.kind === "companies"
      ? this.#companies(query.seeds, query.exclude, nextPage)
      : this.#contacts(query.seeds, query.exclude, nextPage);
  }

  async #companies(
    seeds: readonly LushaCompanySeed[],
    exclude: readonly LushaCompanySeed[],
    nextPage: NextPage,
  ): Promise<LushaPage> {
    const named = seeds.flatMap((seed) => (seed.by === "id" ? [{ companyId: seed.companyId }] : []));
    const left = exclude.flatMap((seed) => (seed.by === "id" ? [{ companyId: seed.companyId }] : []));
    const { companies, ...page } = await this.#post(
      "companies",
      { companies: named, exclude: this.#toExclude(left) },
      nextPage,
      WireCompanies,
    );
    const rows = this.http.readRows("companies", companies, readCompany);
    return toPage(
      page,
      rows.map((row) => row && toCompanyRow(row)),
    );
  }

  async #contacts(
    seeds: readonly LushaPersonSeed[],
    exclude: readonly LushaPersonSeed[],
    nextPage: NextPage,
  ): Promise<LushaPage> {
    const { contacts, ...page } = await this.#post(
      "contacts",
      { contacts: peopleOf(seeds), exclude: this.#toExclude(peopleOf(exclude)) },
      nextPage,
      WireContacts,
    );
    const rows = this.http.readRows("contacts", contacts, readContact);
    return toPage(
      page,
      rows.map((row) => row && toContactRow(row)),
    );
  }

  #toExclude(rows: readonly { readonly companyId: string; readonly personId?: string }[]): readonly unknown[] {
    return this.excludeForm === "objects" ? rows : rows.map(({ personId, companyId }) => personId ?? companyId);
  }

  async #post<T>(
    path: "companies" | "contacts",
    named: object,
    { session, limit, control }: NextPage,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const answer = await this.http.request({
      operation: path,
      chargedIn,
      method: "POST",
      path: `/api/recommendations/${path}`,
      body: { ...named, limit, ...(session === null ? {} : { requestId: session }) },
      schema,
      ...control,
      ...withSessionRefusal(session),
    });
    return answer.body;
  }
}

/** The next page of a set: its session and size. */
interface NextPage {
  readonly session: string | null;
  readonly limit: number;
  readonly control: CallControl;
}

/** Lusha needs the company id with each person; people without one are left out. */
function peopleOf(
  seeds: readonly LushaPersonSeed[],
): readonly { readonly personId: string; readonly companyId: string }[] {
  return seeds.flatMap((seed) =>
    seed.by === "id" && seed.companyId !== "" ? [{ personId: seed.personId, companyId: seed.companyId }] : [],
  );
}

function toPage(
  { requestId, creditsCharged }: { readonly requestId: string | null; readonly creditsCharged: number | null },
  rows: LushaPage["rows"],
): LushaPage {
  return { rows, session: requestId, hasMore: null, credits: creditsCharged };
}
