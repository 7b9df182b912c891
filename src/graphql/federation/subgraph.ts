import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  type GraphQLFieldConfig,
} from "graphql";
import type { RequestContext } from "../context";
import { costExtensions } from "../field-cost";
import { buildGraph } from "../schema";
import { printSubgraph } from "./print-graph";
import { resolveReference } from "./reference-resolver";

type QueryField = GraphQLFieldConfig<unknown, RequestContext>;

const Any = new GraphQLScalarType({
  name: "_Any",
  description: "An entity as a router names it: `__typename` and the fields of one of its keys.",
});

/** The graph as it is served: with `_service` and `_entities`, by which it takes part in a supergraph. */
export function buildSubgraph(): GraphQLSchema {
  const graph = buildGraph();
  const { query, types, ...others } = graph.toConfig();
  if (!query) throw new Error("a graph without queries");
  const { fields, ...queryOthers } = query.toConfig();
  // All types stay the very objects they were, but for the one with the queries.
  return new GraphQLSchema({
    ...others,
    types: types.filter((type) => type !== query),
    query: new GraphQLObjectType({
      ...queryOthers,
      fields: { ...fields, _service: serviceField(graph), _entities: entitiesField(types.filter(isEntityType)) },
    }),
  });
}

function serviceField(graph: GraphQLSchema): QueryField {
  let sdl: string | null = null; // made when it is first asked for: it takes longer than all the rest
  const Service = new GraphQLObjectType<unknown, RequestContext>({
    name: "_Service",
    description: "This graph as a part of a supergraph.",
    fields: {
      sdl: {
        type: new GraphQLNonNull(GraphQLString),
        description: "What the supergraph gets, in the schema language.",
        resolve: () => (sdl ??= printSubgraph(graph)),
      },
    },
  });
  return {
    type: new GraphQLNonNull(Service),
    description: "For whoever composes a supergraph.",
    extensions: { introspection: true },
    resolve: () => ({}),
  };
}

/**
 * Not resolved by @apollo/subgraph: that would write a `__typename` into nodes that other requests share, and would fail
 * the whole field for one representation of a type it does not know.
 */
function entitiesField(types: readonly GraphQLObjectType[]): QueryField {
  const Entity = new GraphQLUnionType({
    name: "_Entity",
    description: "What other subgraphs can refer to.",
    types,
    resolveType: ({ kind }: { readonly kind: string }) => kind,
  });
  return {
    type: new GraphQLNonNull(new GraphQLList(Entity)),
    description: "For routers: what the representations name, in their order; null where nothing is recorded of it.",
    args: {
      representations: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))),
        description: "At most as many as an operation may have nodes.",
      },
    },
    extensions: costExtensions({ rows: { listedBy: "representations" } }),
    resolve: (_, { representations }: { readonly representations: readonly unknown[] }, context) =>
      Promise.all(representations.map((representation) => resolveReference(representation, context))),
  };
}

function isEntityType(type: unknown): type is GraphQLObjectType {
  return isObjectType(type) && (type.astNode?.directives?.some(({ name }) => name.value === "key") ?? false);
}
