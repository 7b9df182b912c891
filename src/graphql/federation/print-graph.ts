import { buildSubgraphSchema, printSubgraphSchema } from "@apollo/subgraph";
import { buildASTSchema, GraphQLSchema, printSchema, type DocumentNode } from "graphql";
import { FEDERATION_DIRECTIVES, graphDocument, subgraphDocument } from "./federation/graph-document";

/**
 * The SDL that `_service` gives.
 *
 * @throws {GraphQLError} where the graph is no valid subgraph.
 */
export function printSubgraph(schema: GraphQLSchema): string {
  return printDocument(subgraphDocument(schema));
}

/**
 * The graph's SDL as `schema.graphql` holds it: all that a client can ask for, and what a supergraph is told of it. It
 * stands alone: whatever reads GraphQL's own language finds in it what the directives are.
 */
export function printGraph(schema: GraphQLSchema): string {
  return [
    "# Written by `npm run schema`; a test fails where it is stale.",
    printSchema(federationDirectives(schema)),
    `${printDocument(graphDocument(schema))}\n`,
  ].join("\n\n");
}

/** As @apollo/subgraph prints it: with directives, and without what the federation specification defines. */
function printDocument(document: DocumentNode): string {
  return printSubgraphSchema(buildASTSchema(document, { assumeValidSDL: true }));
}

/** The directives that the graph takes from the federation specification, with the types of their arguments. */
function federationDirectives(schema: GraphQLSchema): GraphQLSchema {
  const directives = buildSubgraphSchema(subgraphDocument(schema)).getDirectives();
  return new GraphQLSchema({ directives: directives.filter(({ name }) => FEDERATION_DIRECTIVES.has(name)) });
}
