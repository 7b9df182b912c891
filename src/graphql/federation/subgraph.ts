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

/** The graph as it is served: with `_service` and `_entities`, the fields for a supergraph. */
export function buildSubgraph(): GraphQLSchema {
  const graph = buildGraph();
  const { query, types, ...others } = graph.toConfig();
  if (!query) throw new Error("the graph has no queries");
  const { fields, ...queryOthers } = query.toConfig();
  // Only the query type is a new object; all other types stay the same objects.
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
  let sdl: string | null = null; // printed at the first request: it takes longer than building the schema
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
 * Own resolver instead of that of @apollo/subgraph, which would write `__typename` into nodes that other requests share, and
 * would fail the whole field if one representation has an unknown type.
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
