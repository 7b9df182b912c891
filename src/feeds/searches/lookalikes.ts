import { parseEntityKey, type EntityKey } from "../../domain/entity-key";
import { InputError } from "../../domain/errors";
import type { PersonExample } from "../../domain/profile";
import { linkedinUrl } from "../../domain/web-address";
import { listIdOf } from "../../relay/cursor";
import type { PageRequest } from "../../relay/page-args";
import type { Entities } from "../entities/entities";
import type { FeedPageRequest } from "../pages/feed-page-request";
import type { FeedSource } from "../feed/feed-source.port";
import type { FeedName } from "../feed/feed-model";
import type { EntityNode, RecommendationNode } from "../nodes";
import { providerListReader } from "../pages/recommendation-node";
import {
  resolveCompany,
  resolvePerson,
  type CompanyReference,
  type PersonReference,
  type Resolved,
} from "../entities/entity-references";

/** How a company or person is told to the provider of lookalikes. */
export interface SeedNames {
  /** The provider's own ids; a person's company is needed with theirs. */
  readonly providerId: string | null;
  readonly companyProviderId: string | null;
  readonly domain: string | null;
  readonly linkedinUrl: string | null;
}

/** A provider that knows who is like whom. */
export interface LookalikeProvider {
  readonly source: FeedSource;
  /** Whether it can be told of a company or person by these names. */
  knows(kind: "companies" | "people", names: SeedNames): boolean;
  /** The feed query in canonical form: seeds are a set. All of them are known. */
  queryOf(kind: "companies" | "people", seeds: readonly SeedNames[], exclude: readonly SeedNames[]): string;
}

/** @see Lusha Recommendations API, read 2026-11-20: up to 100. */
const MAX_SEEDS = 100;

/** Asks for pages of lookalikes. */
export class Lookalikes {
  constructor(
    private readonly provider: LookalikeProvider,
    private readonly entities: Entities,
  ) {}

  /** @throws {InputError} a reference that names nothing or two things, or that leads to no name the provider knows. */
  async companies(
    tenant: string,
    seeds: readonly CompanyReference[],
    exclude: readonly CompanyReference[],
    page: PageRequest,
  ): Promise<FeedPageRequest<RecommendationNode>> {
    const keyed = (field: string, references: readonly CompanyReference[]): readonly PersonExample[] =>
      references.map((one, i) => ({ key: valueOf(field, i, resolveCompany(one)), lushaCompanyId: null }));
    return this.#request("companies", tenant, keyed("companies", seeds), keyed("exclude", exclude), page);
  }

  /** Likewise. */
  async people(
    tenant: string,
    seeds: readonly PersonReference[],
    exclude: readonly PersonReference[],
    page: PageRequest,
  ): Promise<FeedPageRequest<RecommendationNode>> {
    const keyed = (field: string, references: readonly PersonReference[]): readonly PersonExample[] =>
      references.map((one, i) => valueOf(field, i, resolvePerson(one)));
    return this.#request("people", tenant, keyed("people", seeds), keyed("exclude", exclude), page);
  }

  /** Lookalikes of one entity; `null` where the provider has no name for it. */
  async of(tenant: string, entity: EntityNode, page: PageRequest): Promise<FeedPageRequest<RecommendationNode> | null> {
    const kind = entity.kind === "Company" ? "companies" : "people";
    const [names] = await this.#namesOf(tenant, [{ key: entity.key, lushaCompanyId: null }]);
    return names && this.provider.knows(kind, names) ? this.#pageRequest(kind, tenant, [names], [], page) : null;
  }

  /** The feed of lookalikes of those of `examples` that the provider knows; `null` where it knows none of them. */
  async feedLike(
    kind: "companies" | "people",
    tenant: string,
    examples: readonly PersonExample[],
  ): Promise<FeedName | null> {
    const known = (await this.#namesOf(tenant, examples)).filter((names) => this.provider.knows(kind, names));
    return known.length > 0 ? this.#nameOf(kind, tenant, known, []) : null;
  }

  async #request(
    kind: "companies" | "people",
    tenant: string,
    seeds: readonly PersonExample[],
    exclude: readonly PersonExample[],
    page: PageRequest,
  ): Promise<FeedPageRequest<RecommendationNode>> {
    if (seeds.length === 0 || seeds.length > MAX_SEEDS) {
      throw new InputError(`\`${kind}\` takes 1 to ${String(MAX_SEEDS)} references, but has ${String(seeds.length)}.`);
    }
    const names = await this.#namesOf(tenant, [...seeds, ...exclude]);
    names.forEach((name, i) => {
      if (this.provider.knows(kind, name)) return;
      const [field, at] = i < seeds.length ? [kind, i] : ["exclude", i - seeds.length];
      throw new InputError(
        `\`${field}[${String(at)}]\` leads to no name that Lusha knows. Give Lusha's own ids, or something that Lusha has given before.`,
      );
    });
    return this.#pageRequest(kind, tenant, names.slice(0, seeds.length), names.slice(seeds.length), page);
  }

  #pageRequest(
    kind: "companies" | "people",
    tenant: string,
    seeds: readonly SeedNames[],
    exclude: readonly SeedNames[],
    page: PageRequest,
  ): FeedPageRequest<RecommendationNode> {
    return {
      name: this.#nameOf(kind, tenant, seeds, exclude),
      source: this.provider.source,
      absent: [],
      page,
      rowReader: providerListReader,
    };
  }

  #nameOf(
    kind: "companies" | "people",
    tenant: string,
    seeds: readonly SeedNames[],
    exclude: readonly SeedNames[],
  ): FeedName {
    const query = this.provider.queryOf(kind, seeds, exclude);
    return { tenant, connection: `similar:${listIdOf(query)}`, provider: this.provider.source.provider, query };
  }

  /** Everything by which the provider could know each, from its key and from what is recorded. Two store queries. */
  async #namesOf(tenant: string, examples: readonly PersonExample[]): Promise<readonly SeedNames[]> {
    const known = await this.entities.load(
      tenant,
      examples.map(({ key }) => key),
    );
    const employers = [...known.values()].flatMap((node) =>
      node.kind === "Person" && node.employer ? [node.employer] : [],
    );
    const companies = await this.entities.load(tenant, employers);
    return examples.map(({ key, lushaCompanyId }) => {
      const node = known.get(key);
      const employer = node?.kind === "Person" && node.employer ? node.employer : null;
      return {
        providerId: ownId(this.provider, key, node),
        companyProviderId: lushaCompanyId ?? (employer && ownId(this.provider, employer, companies.get(employer))),
        domain: nameIn(key, "domain") ?? (node?.kind === "Company" ? node.domain : null),
        linkedinUrl: node?.linkedinUrl ?? addressIn(key),
      };
    });
  }
}

function ownId({ source }: LookalikeProvider, key: EntityKey, node: EntityNode | undefined): string | null {
  const space = source.provider.toLowerCase();
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

function valueOf<T>(field: string, at: number, resolved: Resolved<T>): T {
  if (resolved.ok) return resolved.value;
  throw new InputError(`\`${field}[${String(at)}]\`: ${resolved.message}`);
}
