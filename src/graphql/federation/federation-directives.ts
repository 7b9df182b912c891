/**
 * The directives that the graph imports from the federation specification. `@tag` is not used here: it is for those who run
 * the supergraph.
 */
const IMPORTED = ["@key", "@shareable", "@tag", "@cost", "@listSize"];

/** The link to the federation specification, for `schema` or `extend schema`. */
export const FEDERATION_LINK = `@link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(IMPORTED)})`;

/**
 * The definitions of these directives, in the schema language. A subgraph may omit them, a standalone graph needs them. A test
 * compares them with those of @apollo/subgraph.
 *
 * @see https://specs.apollo.dev/federation/v2.9, https://specs.apollo.dev/link/v1.0, read 2026-11-29
 */
export const FEDERATION_DIRECTIVES = `
directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA

directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE

directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA

directive @shareable repeatable on OBJECT | FIELD_DEFINITION

directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR

directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION

enum link__Purpose {
  """
  \`SECURITY\` features provide metadata necessary to securely resolve fields.
  """
  SECURITY

  """
  \`EXECUTION\` features provide metadata necessary for operation execution.
  """
  EXECUTION
}

scalar link__Import

scalar federation__FieldSet
`;
