import { isAbstractType, type GraphQLObjectType, type GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { CompanyResolver } from "./company/company.resolver";
import { resolveDirectly } from "./direct-resolvers";
import { IcpResolver } from "./icp/icp.resolver";
import { NodeResolver } from "./node/node.resolver";
import { PersonResolver } from "./person/person.resolver";
import { ProviderResolver } from "./provider/provider.resolver";
import { RecommendationResolver } from "./recommendation/recommendation.resolver";

/** The graph. Arguments are checked where they are used, so TypeGraphQL validates nothing. */
export function buildGraph(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [CompanyResolver, IcpResolver, NodeResolver, PersonResolver, ProviderResolver, RecommendationResolver],
    validate: false,
  });
  // TypeGraphQL has no place for these.
  describeType(schema.getQueryType(), "What can be read. Reads may fetch from providers what is not recorded yet.");
  describeType(schema.getMutationType(), "What can be changed.");
  for (const type of Object.values(schema.getTypeMap())) {
    // TypeGraphQL's own gives a promise, which makes every such field asynchronous.
    if (isAbstractType(type)) type.resolveType = ({ kind }: { readonly kind: string }) => kind;
  }
  resolveDirectly(schema);
  return schema;
}

function describeType(type: GraphQLObjectType | null | undefined, description: string): void {
  if (type) type.description = description;
}
