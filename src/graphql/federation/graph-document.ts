import {
  isObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from "graphql";

const IMPORTED = ["@key", "@shareable", "@tag", "@cost", "@listSize"];

const LINK = `@link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(IMPORTED)})`;

/** What the graph takes from the federation specification: the names of its directives. */
export const FEDERATION_DIRECTIVES: ReadonlySet<string> = new Set(["link", ...IMPORTED.map((name) => name.slice(1))]);

/** What serves a graph that stands alone: in a supergraph, others may have the same, and nobody could own it. */
const STANDALONE_FIELDS: ReadonlySet<string> = new Set(["node", "nodes"]);

/**
 * The whole graph as a document, sorted, so that moving code around does not change it. It has the directives that stand
 * at types and fields, which GraphQL's own printer leaves out, and does not define them.
 */
export function graphDocument(schema: GraphQLSchema): DocumentNode {
  // Not `extend schema`, which the Relay compiler cannot read.
  return documentOf(`schema ${LINK} { query: Query mutation: Mutation }`, typesOf(schema));
}

/** Likewise the part of it that a supergraph gets. */
export function subgraphDocument(schema: GraphQLSchema): DocumentNode {
  const isShared = ({ name }: FieldDefinitionNode): boolean => !STANDALONE_FIELDS.has(name.value);
  return documentOf(
    `extend schema ${LINK}`,
    typesOf(schema).map((definition) =>
      isObject(definition) && definition.name.value === "Query"
        ? { ...definition, fields: (definition.fields ?? []).filter(isShared) }
        : definition,
    ),
  );
}

function documentOf(head: string, definitions: readonly DefinitionNode[]): DocumentNode {
  return { kind: Kind.DOCUMENT, definitions: [...parse(head, { noLocation: true }).definitions, ...definitions] };
}

function typesOf(schema: GraphQLSchema): readonly DefinitionNode[] {
  const { definitions } = parse(printSchema(lexicographicSortSchema(schema)), { noLocation: true });
  return definitions.map((definition) => {
    const type = isObject(definition) ? schema.getType(definition.name.value) : null;
    return isObject(definition) && isObjectType(type) ? withDirectives(definition, type) : definition;
  });
}

function withDirectives(definition: ObjectTypeDefinitionNode, type: GraphQLObjectType): ObjectTypeDefinitionNode {
  const fields = type.getFields();
  return {
    ...definition,
    directives: type.astNode?.directives ?? [],
    fields: (definition.fields ?? []).map((field) => ({
      ...field,
      directives: [...(field.directives ?? []), ...(fields[field.name.value]?.astNode?.directives ?? [])],
    })),
  };
}

function isObject(definition: DefinitionNode): definition is ObjectTypeDefinitionNode {
  return definition.kind === Kind.OBJECT_TYPE_DEFINITION;
}
