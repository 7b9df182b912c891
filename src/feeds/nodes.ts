import type { Company } from "../domain/company";
import type { EntityKey } from "../domain/entity-key";
import type { ProviderError } from "../domain/errors";
import type { Person } from "../domain/person";
import type { Provider } from "../domain/provider";
import type { Reason } from "../domain/recommendation";
import type { Connection } from "../relay/connection";

/** Entities as the graph serves them: with a global id. */
export type CompanyNode = Company & { readonly id: string };
export type PersonNode = Person & { readonly id: string };
export type EntityNode = CompanyNode | PersonNode;

/** A recommendation as the graph serves it. `company` of a person's recommendation is read by its resolver. */
export interface RecommendationNode {
  readonly kind: "Recommendation";
  readonly id: string;
  readonly subject: EntityNode;
  readonly person: PersonNode | null;
  readonly provider: Provider;
  readonly providers: readonly Provider[];
  readonly reasons: readonly Reason[];
  readonly score: number | null;
  readonly generatedAt: Date | null;
  readonly recordedAt: Date;
  /** The id of the first provider that has one. */
  readonly providerId: string | null;
  readonly contacts: readonly EntityKey[];
}

/** Why a provider could not contribute to a page. */
export interface ProviderIssue {
  readonly provider: Provider;
  readonly code: string;
  readonly message: string;
  readonly retryAfter: Date | null;
}

/** A page of recommendations. */
export type RecommendationPage = ConnectionWithIssues<RecommendationNode>;

/** A page, and the issues of the providers that could not contribute to it. */
export interface ConnectionWithIssues<Node> extends Connection<Node> {
  readonly issues: readonly ProviderIssue[];
}

/** Adds the issues to a page. */
export function withIssues<Node>(
  connection: Connection<Node>,
  issues: readonly ProviderIssue[],
): ConnectionWithIssues<Node> {
  return Object.assign(connection, { issues });
}

export function toIssue({ provider, code, message, retryAfter }: ProviderError): ProviderIssue {
  return { provider, code, message, retryAfter };
}
