import type { SeedNames } from "../../feeds/searches/seed-names";
import { toLushaQuery, type LushaCompanySeed, type LushaPersonSeed, type LushaQuery } from "./lusha.query";

/** Which of Lusha's interfaces is used. Seeds of `lookalikes` may also be domains and LinkedIn addresses. */
export type LushaApi = "recommendations" | "lookalikes";

/** Most seeds of one request, in either interface. @see Lusha Recommendations API and API v3, read 2026-11-20. */
export const MAX_SEEDS = 100;

/** Whether Lusha can identify an entity by one of these names. */
export function knowsSeed(api: LushaApi, kind: "companies" | "people", names: SeedNames): boolean {
  return (kind === "companies" ? companySeed(api, names) : personSeed(api, names)) !== null;
}

/** The request for these seeds; seeds that Lusha cannot identify are left out. */
export function seedsQuery(
  api: LushaApi,
  kind: "companies" | "people",
  seeds: readonly SeedNames[],
  exclude: readonly SeedNames[],
): LushaQuery {
  if (kind === "companies") {
    const named = (all: readonly SeedNames[]): LushaCompanySeed[] =>
      all.flatMap((names) => companySeed(api, names) ?? []);
    return toLushaQuery({ kind, seeds: named(seeds), exclude: named(exclude) });
  }
  const named = (all: readonly SeedNames[]): LushaPersonSeed[] => all.flatMap((names) => personSeed(api, names) ?? []);
  return toLushaQuery({ kind, seeds: named(seeds), exclude: named(exclude) });
}

function companySeed(api: LushaApi, { providerId, domain, linkedinUrl }: SeedNames): LushaCompanySeed | null {
  if (providerId !== null) return { by: "id", companyId: providerId };
  if (api === "recommendations") return null;
  if (domain !== null) return { by: "domain", domain };
  return linkedinUrl === null ? null : { by: "linkedin", linkedinUrl };
}

function personSeed(api: LushaApi, { providerId, companyProviderId, linkedinUrl }: SeedNames): LushaPersonSeed | null {
  if (providerId !== null && companyProviderId !== null)
    return { by: "id", personId: providerId, companyId: companyProviderId };
  if (api === "recommendations") return null;
  if (providerId !== null) return { by: "id", personId: providerId, companyId: "" };
  return linkedinUrl === null ? null : { by: "linkedin", linkedinUrl };
}
