/** A company in a request: Lusha's own id; for lookalikes also a domain or a LinkedIn address. */
export type LushaCompanySeed =
  | { readonly by: "id"; readonly companyId: string }
  | { readonly by: "domain"; readonly domain: string }
  | { readonly by: "linkedin"; readonly linkedinUrl: string };

/** A person in a request: Lusha's own ids of them and their company; for lookalikes also a LinkedIn address. */
export type LushaPersonSeed =
  | { readonly by: "id"; readonly personId: string; readonly companyId: string }
  | { readonly by: "linkedin"; readonly linkedinUrl: string };

/** The request of a feed of Lusha. */
export type LushaQuery =
  | {
      readonly kind: "companies";
      readonly seeds: readonly LushaCompanySeed[];
      readonly exclude: readonly LushaCompanySeed[];
    }
  | {
      readonly kind: "people";
      readonly seeds: readonly LushaPersonSeed[];
      readonly exclude: readonly LushaPersonSeed[];
    };

/** In canonical form: seeds are a set, so their order makes no difference. */
export function toLushaQuery(query: LushaQuery): LushaQuery {
  return query.kind === "companies"
    ? { kind: query.kind, seeds: toSet(query.seeds), exclude: toSet(query.exclude) }
    : { kind: query.kind, seeds: toSet(query.seeds), exclude: toSet(query.exclude) };
}

function toSet<Seed>(seeds: readonly Seed[]): readonly Seed[] {
  const byText = new Map(seeds.map((seed) => [JSON.stringify(seed), seed]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, seed]) => seed);
}
