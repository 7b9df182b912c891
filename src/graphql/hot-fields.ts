import { isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import type { CompanyNode, PersonNode, RecommendationNode } from "../feeds/nodes";
import { contactsConnection, employeesConnection } from "./connection/roster-connections";
import type { PageArgs } from "../relay/page-args";
import type { RequestContext } from "./context";
import { employerOf, recommendedCompany } from "./person/employer";

type Resolve<Source> = GraphQLFieldResolver<Source, RequestContext, PageArgs>;

const people: Resolve<RecommendationNode> = (node, args, context) => contactsConnection(node, args, context);
const company: Resolve<RecommendationNode> = (node, _, context) => recommendedCompany(node, context);
const employees: Resolve<CompanyNode> = (node, args, context) => employeesConnection(node, args, context);
const employer: Resolve<PersonNode> = (node, _, context) => employerOf(node, context);

/** Fields that one request asks of hundreds of nodes. */
const HOT_FIELDS: Readonly<
  Record<string, Readonly<Record<string, GraphQLFieldResolver<never, RequestContext, PageArgs>>>>
> = {
  Recommendation: { people, company },
  Company: { people: employees },
  Person: { company: employer },
};

/**
 * Has hot fields resolved without TypeGraphQL's wrapper, which copies the node and gathers the parameters anew for each
 * call. They call what their resolver classes call.
 */
export function resolveHotFields(schema: GraphQLSchema): void {
  for (const [typeName, resolvers] of Object.entries(HOT_FIELDS)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`there is no type ${typeName}`);
    for (const [fieldName, resolve] of Object.entries(resolvers)) {
      const field = type.getFields()[fieldName];
      if (!field) throw new Error(`there is no field ${typeName}.${fieldName}`);
      field.resolve = resolve as GraphQLFieldResolver<unknown, RequestContext>;
    }
  }
}
