import { isPersonKey, parseEntityKey, type EntityKey } from "../../domain/entity-key";
import type { PersonExample } from "../../domain/profile";
import { slugOf, type Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import { linkedinUrl } from "../../domain/web-address";
import type { Entities } from "../entities/entities";
import type { EntityNode } from "../nodes";
import type { LookalikeSeed } from "./lookalike-feed";

/** The names by which the provider of lookalikes may know a company or person. */
export interface SeedNames {
  /** The provider's own ids. A person is sent with the id of their company. */
  readonly providerId: string | null;
  readonly companyProviderId: string | null;
  readonly domain: string | null;
  readonly linkedinUrl: string | null;
}

/** A person who was forgotten has no names: they are sent to no provider, and no list is recorded under their key. */
const NO_NAMES: SeedNames = { providerId: null, companyProviderId: null, domain: null, linkedinUrl: null };

/** Whether the seed is a person who was forgotten. */
export function isForgottenSeed({ names }: Pick<NamedSeed, "names">): boolean {
  return names === NO_NAMES;
}

/** A seed with the names that are known of it now. */
export interface NamedSeed extends LookalikeSeed {
  readonly names: SeedNames;
}

/** The names of each example, from its key and its records. Two store queries; a third for people without a record. */
export async function namedSeeds(
  entities: Pick<Entities, "load" | "forgotten">,
  provider: Provider,
  tenant: TenantId,
  examples: readonly PersonExample[],
): Promise<readonly NamedSeed[]> {
  const keys = examples.map(({ key }) => key);
  const known = await entities.load(tenant, keys);
  const forgotten = await entities.forgotten(
    tenant,
    keys.filter((key) => isPersonKey(key) && !known.has(key)),
  );
  const employers = [...known.values()].flatMap((node) =>
    node.kind === "Person" && node.employer ? [node.employer] : [],
  );
  const companies = await entities.load(tenant, employers);
  return examples.map(({ key, companyKey }) => {
    if (forgotten.has(key)) return { key, root: key, keys: [key], names: NO_NAMES };
    const node = known.get(key);
    const employer = node?.kind === "Person" && node.employer ? node.employer : null;
    const names = {
      providerId: ownId(provider, key, node),
      companyProviderId:
        (companyKey && ownId(provider, companyKey, undefined)) ??
        (employer && ownId(provider, employer, companies.get(employer))),
      domain: nameIn(key, "domain") ?? (node?.kind === "Company" ? node.domain : null),
      linkedinUrl: node?.linkedinUrl ?? addressIn(key),
    };
    return { key, root: node?.key ?? key, keys: [key, ...(node?.keys ?? [])], names };
  });
}

function ownId(provider: Provider, key: EntityKey, node: EntityNode | undefined): string | null {
  const space = slugOf(provider);
  const named = [key, ...(node?.keys ?? [])].find((name) => nameIn(name, space) !== null);
  return named === undefined ? null : nameIn(named, space);
}

function addressIn(key: EntityKey): string | null {
  const name = parseEntityKey(key);
  return name?.space === "linkedin" ? linkedinUrl(name.kind, name.value) : null;
}

function nameIn(key: EntityKey, space: string): string | null {
  const name = parseEntityKey(key);
  return name?.space === space ? name.value : null;
}
