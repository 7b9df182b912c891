import {
  BREAK,
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";

/**
 * Whether all fields of a document that passed validation read nothing but their parent and what is recorded. A field
 * with a resolver does where it is marked `RECORDED`; introspection does not count as recorded.
 */
export function isRecordedDocument(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let recorded = true;
  const Field = ({ name: { value: name } }: FieldNode): unknown => {
    recorded = name === "__typename" || fieldsOf(schema, types.getParentType(), name).every(isRecordedField);
    return recorded ? undefined : BREAK;
  };
  visit(document, visitWithTypeInfo(types, { Field }));
  return recorded;
}

type Definition = GraphQLField<unknown, unknown> | undefined;

/** What a field can be: one of an interface is one of any type behind it. */
function fieldsOf(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType | null | undefined,
  name: string,
): readonly Definition[] {
  if (isObjectType(parent)) return [parent.getFields()[name]];
  return isAbstractType(parent) ? schema.getPossibleTypes(parent).map((type) => type.getFields()[name]) : [undefined];
}

function isRecordedField(field: Definition): boolean {
  return field !== undefined && (field.resolve === undefined || field.extensions["recorded"] === true);
}
