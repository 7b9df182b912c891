import { getDocumentNodeFromSchema } from "@graphql-tools/utils";
import {
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
} from "graphql";
import { FEDERATION_DIRECTIVES, FEDERATION_LINK } from "./federation-directives";

/** Fields of `Query` that the supergraph does not get: several subgraphs may define them. */
const STANDALONE_FIELDS: ReadonlySet<string> = new Set(["node", "nodes"]);

/**
 * The SDL that `_service` returns: the part of the graph for the supergraph, with all directives. Sorted by name, so that
 * moving code does not change it.
 */
export function printSubgraph(schema: GraphQLSchema): string {
  const types = typesOf(schema).map((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === "Query"
      ? { ...definition, fields: definition.fields?.filter(isShared) ?? [] }
      : definition,
  );
  return printAll([...definitionsIn(`extend schema ${FEDERATION_LINK}`), ...types]);
}

/** The SDL of the whole graph, for `schema.graphql`. It defines its directives, so that tools without federation can read it. */
export function printGraph(schema: GraphQLSchema): string {
  // Not `extend schema`, which the Relay compiler cannot read.
  const head = `${FEDERATION_DIRECTIVES} schema ${FEDERATION_LINK} { query: Query mutation: Mutation }`;
  return `# Written by \`npm run schema\`; a test fails where it is stale.\n\n${printAll([...definitionsIn(head), ...typesOf(schema)])}\n`;
}

function isShared({ name }: FieldDefinitionNode): boolean {
  return !STANDALONE_FIELDS.has(name.value);
}

/** The types of the schema with their directives, without the built-in ones. */
function typesOf(schema: GraphQLSchema): readonly DefinitionNode[] {
  const { definitions } = getDocumentNodeFromSchema(lexicographicSortSchema(schema));
  return definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION && kind !== Kind.DIRECTIVE_DEFINITION);
}

function definitionsIn(text: string): readonly DefinitionNode[] {
  return parse(text, { noLocation: true }).definitions;
}

function printAll(definitions: readonly DefinitionNode[]): string {
  return print({ kind: Kind.DOCUMENT, definitions });
}
