import { InputError, NoRowsError, ProviderError } from "../../domain/errors";
import type { PersonExample } from "../../domain/profile";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";
import type { TenantId } from "../../domain/tenant-id";
import type { PageRequest } from "../../relay/page-args";
import type { Entities } from "../entities/entities";
import type { FeedPageRequest } from "../pages/feed-page-request";
import { unavailableSource, type FeedSource } from "../feed/feed-source.port";
import type { FeedName, Json } from "../feed/feed-model";
import type { EntityNode, RecommendationNode } from "../nodes";
import {
  isLookalikeFeed,
  lookalikeAliases,
  lookalikeName,
  type LookalikeKind,
  type LookalikeSearch,
  type LookalikeSeed,
} from "./lookalike-feed";
import { isForgottenSeed, namedSeeds, type NamedSeed, type SeedNames } from "./seed-names";
import { providerListReader } from "../pages/recommendation-node";
import {
  resolveCompany,
  resolvePerson,
  type CompanyReference,
  type PersonReference,
  type Resolved,
} from "../entities/entity-references";

/** A provider that finds lookalikes of companies and people. */
export interface LookalikeProvider {
  readonly source: FeedSource;
  /** Whether the provider can identify a company or person by one of these names. */
  knows(kind: LookalikeKind, names: SeedNames): boolean;
  /** The state of a new feed: the seeds as they are sent to the provider. `knows` is true for all of them. */
  initialState(kind: LookalikeKind, seeds: readonly SeedNames[], exclude: readonly SeedNames[]): Json;
  /** How many seeds it accepts: from `minSeeds` to `maxSeeds`. */
  readonly minSeeds: number;
  readonly maxSeeds: number;
}

/** A feed of lookalikes: the names by which it is found, and the state of a new one. */
export interface LookalikeFeed {
  readonly kind: "feed";
  readonly name: FeedName;
  readonly aliases: readonly FeedName[];
  readonly initialState: Json;
}

/** Why there is no feed of lookalikes: the provider knows none of the seeds, or needs at least `fewest`. */
export type NoLookalikes = { readonly kind: "unknown" } | { readonly kind: "too-few"; readonly fewest: number };

/** Makes page requests for lookalikes. */
export class Lookalikes {
  constructor(
    private readonly provider: LookalikeProvider,
    private readonly entities: Entities,
  ) {}

  /** The provider that finds the lookalikes. */
  get providerName(): Provider {
    return this.provider.source.provider;
  }

  /**
   * Lookalikes of a set of companies.
   *
   * @throws {InputError} a reference is wrong, or there are too many.
   * @throws {NoRowsError} the provider cannot identify one of the companies.
   */
  async companies(
    tenant: TenantId,
    seeds: readonly CompanyReference[],
    exclude: readonly CompanyReference[],
    page: PageRequest,
  ): Promise<FeedPageRequest<RecommendationNode>> {
    const left = companyExamples("exclude", exclude);
    return this.#request("companies", tenant, companyExamples("companies", seeds), left, page);
  }

  /** Lookalikes of a set of people. Throws as `companies` does. */
  async people(
    tenant: TenantId,
    seeds: readonly PersonReference[],
    exclude: readonly PersonReference[],
    page: PageRequest,
  ): Promise<FeedPageRequest<RecommendationNode>> {
    return this.#request("people", tenant, personExamples("people", seeds), personExamples("exclude", exclude), page);
  }

  /**
   * Lookalikes of one entity; `null` where the provider cannot identify it.
   *
   * @param exclude of the entity's kind; they are left out.
   * @throws {NoRowsError} the provider cannot identify one of `exclude`.
   */
  async of(
    tenant: TenantId,
    entity: EntityNode,
    exclude: readonly PersonExample[],
    page: PageRequest,
  ): Promise<FeedPageRequest<RecommendationNode> | null> {
    const kind = entity.kind === "Company" ? "companies" : "people";
    const seeds = await this.#seedsOf(tenant, [{ key: entity.key, companyKey: null }]);
    if (!seeds.every(({ names }) => this.provider.knows(kind, names))) return null;
    const left = withoutForgotten(await this.#seedsOf(tenant, exclude));
    this.#checkKnown(kind, "exclude", left);
    return this.#pageRequest(kind, tenant, seeds, left, page);
  }

  /** The feed of lookalikes of those `examples` that the provider knows, without those of `exclude` that it knows. */
  async lookalikeFeed(
    kind: LookalikeKind,
    tenant: TenantId,
    examples: readonly PersonExample[],
    exclude: readonly PersonExample[],
  ): Promise<LookalikeFeed | NoLookalikes> {
    const knownOf = async (all: readonly PersonExample[]): Promise<readonly NamedSeed[]> =>
      (await this.#seedsOf(tenant, all)).filter(({ names }) => this.provider.knows(kind, names));
    const known = await knownOf(examples);
    if (known.length === 0) return { kind: "unknown" };
    if (this.#areTooFew(known)) return { kind: "too-few", fewest: this.provider.minSeeds };
    return this.#feedOf(kind, tenant, known, exclude.length === 0 ? [] : await knownOf(exclude));
  }

  async #request(
    kind: LookalikeKind,
    tenant: TenantId,
    seeds: readonly PersonExample[],
    exclude: readonly PersonExample[],
    page: PageRequest,
  ): Promise<FeedPageRequest<RecommendationNode>> {
    const { maxSeeds } = this.provider;
    if (seeds.length === 0 || seeds.length > maxSeeds) {
      throw new InputError(`\`${kind}\` takes 1 to ${String(maxSeeds)} references, but has ${String(seeds.length)}.`);
    }
    const named = await this.#seedsOf(tenant, [...seeds, ...exclude]);
    const left = withoutForgotten(named.slice(seeds.length));
    const seedsNamed = named.slice(0, seeds.length);
    // The list of a forgotten person was deleted: a cursor of it has expired, whatever else is asked for.
    const hasCursor = page.after !== null || page.before !== null;
    this.#checkKnown(kind, kind, hasCursor ? withoutForgotten(seedsNamed) : seedsNamed);
    this.#checkKnown(kind, "exclude", left);
    return this.#pageRequest(kind, tenant, seedsNamed, left, page);
  }

  /** With too few seeds for the provider, recorded rows are served and the provider is not called. */
  #pageRequest(
    kind: LookalikeKind,
    tenant: TenantId,
    seeds: readonly NamedSeed[],
    exclude: readonly NamedSeed[],
    page: PageRequest,
  ): FeedPageRequest<RecommendationNode> {
    const { source } = this.provider;
    const { name, aliases, initialState } = this.#feedOf(kind, tenant, seeds, exclude);
    return {
      name,
      aliases,
      initialState,
      owns: (feed) => isLookalikeFeed(feed, this.#searchOf(kind, tenant, seeds, exclude)),
      source:
        this.#areTooFew(seeds) && !source.unavailable
          ? unavailableSource(this.#tooFew(new Set(seeds.map(({ root }) => root)).size), source)
          : source,
      sourceOf: () => source,
      absent: [],
      page,
      rowReader: providerListReader,
    };
  }

  #feedOf(
    kind: LookalikeKind,
    tenant: TenantId,
    seeds: readonly NamedSeed[],
    exclude: readonly NamedSeed[],
  ): LookalikeFeed {
    const search = this.#searchOf(kind, tenant, seeds, exclude);
    const namesOf = (all: readonly NamedSeed[]): readonly SeedNames[] => all.map(({ names }) => names);
    const initialState = this.provider.initialState(kind, namesOf(seeds), namesOf(exclude));
    return { kind: "feed", name: lookalikeName(search), aliases: lookalikeAliases(search), initialState };
  }

  #searchOf(
    kind: LookalikeKind,
    tenant: TenantId,
    seeds: readonly LookalikeSeed[],
    exclude: readonly LookalikeSeed[],
  ): LookalikeSearch {
    return { tenant, provider: this.provider.source.provider, kind, seeds, exclude };
  }

  #areTooFew(seeds: readonly NamedSeed[]): boolean {
    return new Set(seeds.map(({ root }) => root)).size < this.provider.minSeeds;
  }

  #tooFew(count: number): ProviderError {
    const { minSeeds, maxSeeds, source } = this.provider;
    return new ProviderError(
      source.provider,
      "PROVIDER_CANNOT_SERVE",
      `${PROVIDER_NAMES[source.provider]} finds lookalikes of ${String(minSeeds)} to ${String(maxSeeds)} companies or people, but got ${String(count)}: name more of them.`,
    );
  }

  #checkKnown(kind: LookalikeKind, field: string, seeds: readonly NamedSeed[]): void {
    const unknown = seeds.findIndex(({ names }) => !this.provider.knows(kind, names));
    if (unknown !== -1) throw new NoRowsError([this.#noName(`\`${field}[${String(unknown)}]\``)]);
  }

  #noName(seed: string): ProviderError {
    const { provider } = this.provider.source;
    const name = PROVIDER_NAMES[provider];
    const message = `${seed} cannot be identified at ${name}. Give ${name}'s own ids, or something that ${name} has returned before.`;
    return new ProviderError(provider, "PROVIDER_CANNOT_SERVE", message);
  }

  #seedsOf(tenant: TenantId, examples: readonly PersonExample[]): Promise<readonly NamedSeed[]> {
    return namedSeeds(this.entities, this.provider.source.provider, tenant, examples);
  }
}

/** A forgotten person is in no list, so need not be left out of one. */
function withoutForgotten(seeds: readonly NamedSeed[]): readonly NamedSeed[] {
  return seeds.filter((seed) => !isForgottenSeed(seed));
}

/** Companies by reference. @throws {InputError} one that names nothing or two things. */
export function companyExamples(field: string, references: readonly CompanyReference[]): readonly PersonExample[] {
  return references.map((one, i) => ({ key: valueOf(field, i, resolveCompany(one)), companyKey: null }));
}

/** Likewise, people. */
export function personExamples(field: string, references: readonly PersonReference[]): readonly PersonExample[] {
  return references.map((one, i) => valueOf(field, i, resolvePerson(one)));
}

function valueOf<T>(field: string, at: number, resolved: Resolved<T>): T {
  if (resolved.ok) return resolved.value;
  throw new InputError(`\`${field}[${String(at)}]\`: ${resolved.message}`);
}
