import { isAbstractType, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { CompanyQueries } from "./company/company.queries";
import { CompanyResolver } from "./company/company.resolver";
import { resolveDirectly } from "./direct-resolvers";
import { IcpMutations } from "./icp/icp.mutations";
import { IcpQueries } from "./icp/icp.queries";
import { IcpResolver } from "./icp/icp.resolver";
import { NodeQueries } from "./node/node.queries";
import { PersonQueries } from "./person/person.queries";
import { PersonResolver } from "./person/person.resolver";
import { ProviderQueries } from "./provider/provider.queries";
import { ProviderResolver } from "./provider/provider.resolver";
import { RecommendationQueries } from "./recommendation/recommendation.queries";
import { RecommendationResolver } from "./recommendation/recommendation.resolver";
import { SpendingQueries } from "./spending/spending.queries";

/** The fields of `Query` and `Mutation`. */
const ROOTS = [
  CompanyQueries,
  IcpMutations,
  IcpQueries,
  NodeQueries,
  PersonQueries,
  ProviderQueries,
  RecommendationQueries,
  SpendingQueries,
] as const;

/** The resolvers of fields that are more than a property. */
const FIELDS = [CompanyResolver, IcpResolver, PersonResolver, ProviderResolver, RecommendationResolver] as const;

/**
 * Builds the schema. Arguments are checked where they are used, so TypeGraphQL validates nothing. Apollo Server checks the
 * schema when it starts: TypeGraphQL's own check would run a whole introspection query, which takes longer than the rest.
 */
export function buildGraph(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [...ROOTS, ...FIELDS],
    validate: false,
    skipCheck: true,
  });
  // TypeGraphQL has no option for these.
  describeType(
    schema.getQueryType(),
    "What can be read. Queries may fetch rows from providers that are not recorded yet.",
  );
  describeType(schema.getMutationType(), "What can be changed.");
  for (const type of Object.values(schema.getTypeMap())) {
    // The one of TypeGraphQL returns a promise, which makes every such field asynchronous.
    if (isAbstractType(type)) type.resolveType = ({ kind }: { readonly kind: string }) => kind;
  }
  resolveDirectly(schema);
  return schema;
}

function describeType(type: GraphQLObjectType | null | undefined, description: string): void {
  if (type) type.description = description;
}
