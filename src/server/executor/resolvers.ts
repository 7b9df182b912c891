import { isObjectType, type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import type { RequestContext } from "../../graphql/context";

export type Resolve = GraphQLFieldResolver<unknown, RequestContext, Readonly<Record<string, unknown>>>;

/** The resolvers of fields; a field whose value is a property has none. */
export type Resolvers = ReadonlyMap<GraphQLField<unknown, unknown>, Resolve>;

/** The resolvers of a schema as they are now: for the first trace, Apollo Server replaces each by one that also measures. */
export function resolversOf(schema: GraphQLSchema): Resolvers {
  const resolvers = new Map<GraphQLField<unknown, unknown>, Resolve>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) if (field.resolve) resolvers.set(field, field.resolve);
  }
  return resolvers;
}
