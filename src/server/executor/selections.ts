import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  Kind,
  TypeNameMetaFieldDef,
  visit,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields";
import { isFromRecord } from "../../graphql/from-record";
import { completionOf, type SelectionsByType } from "./completion";
import { FragmentStores, type FragmentCache } from "./fragment-cache";
import type { QueryDocument, SelectedField, Selection } from "./selection";

/** Maximum number of fields, with fragments expanded; graphql-js runs larger queries. */
const MAX_FIELDS = 2_000;

type Definition = GraphQLField<unknown, unknown>;
type CollectedFields = ReadonlyMap<string, readonly FieldNode[]>;

/** A field, with the properties that its selection is computed from. */
interface BuiltField {
  readonly field: SelectedField;
  readonly variables: readonly string[];
  readonly isFromRecord: boolean;
}

/**
 * Builds the selections of one query; fields are collected by graphql-js.
 *
 * @param conditions the values of the variables of `@skip` and `@include`.
 */
export class SelectionBuilder {
  #fields = 0;

  constructor(
    private readonly document: QueryDocument,
    private readonly conditions: Record<string, unknown>,
    private readonly fragments: FragmentCache,
  ) {}

  /** `null` where the query has too many fields or introspection: graphql-js runs those. */
  root(): Selection | null {
    const { schema, fragments, operation } = this.document;
    const type = schema.getQueryType();
    if (!type) return null;
    const collected = collectFields(schema, { ...fragments }, this.conditions, type, operation.selectionSet);
    return this.#selection(type, collected);
  }

  #selection(type: GraphQLObjectType, collected: CollectedFields): Selection | null {
    const built: BuiltField[] = [];
    for (const [responseName, [first, ...others]] of collected) {
      const field = first ? this.#field(type, responseName, [first, ...others]) : null;
      if (!field) return null;
      built.push(field);
    }
    const areAllFromRecord = built.every(({ isFromRecord: isIt }) => isIt);
    return {
      type,
      fields: built.map(({ field }) => field),
      variables: new Set(built.flatMap(({ variables }) => variables)),
      isFromRecord: areAllFromRecord,
      fragments: areAllFromRecord && isKept(type) ? new FragmentStores(this.fragments) : null,
    };
  }

  #field(parentType: GraphQLObjectType, responseName: string, nodes: SelectedField["nodes"]): BuiltField | null {
    this.#fields += 1;
    const definition = definitionOf(parentType, nodes[0]);
    const selections = definition && this.#fields <= MAX_FIELDS ? this.#selectionsBelow(definition, nodes) : null;
    if (!definition || !selections) return null;
    const below = [...selections.values()];
    const own = variablesIn(nodes[0]);
    return {
      field: {
        responseName,
        keyText: `${JSON.stringify(responseName)}:`,
        nodes,
        parentType,
        definition,
        resolve: definition === TypeNameMetaFieldDef ? definition.resolve : this.document.resolvers.get(definition),
        isNonNull: isNonNullType(definition.type),
        hasFixedArguments: own.length === 0,
        complete: completionOf(definition.type, selections),
      },
      variables: [...own, ...below.flatMap(({ variables }) => [...variables])],
      isFromRecord: isFromRecord(definition) && below.every((selection) => selection.isFromRecord),
    };
  }

  /** The selection for each object type that the field can return; `null` where graphql-js must run the query. */
  #selectionsBelow({ type }: Definition, nodes: readonly FieldNode[]): SelectionsByType | null {
    const named = getNamedType(type);
    if (!isCompositeType(named)) return new Map();
    const { schema, fragments } = this.document;
    const selections = new Map<string, Selection>();
    for (const object of isAbstractType(named) ? schema.getPossibleTypes(named) : [named]) {
      const collected = collectSubfields(schema, { ...fragments }, this.conditions, object, nodes);
      const selection = this.#selection(object, collected);
      if (!selection) return null;
      selections.set(object.name, selection);
    }
    return selections;
  }
}

/** The definition of a field; `undefined` for `__schema`, `__type` and unknown fields. */
function definitionOf(parentType: GraphQLObjectType, { name }: FieldNode): Definition | undefined {
  if (name.value === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  return parentType.getFields()[name.value];
}

/** Nodes, pages of them and their edges: objects that are the same in the next request, as long as nothing changed. */
function isKept(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === "Node") || /(?:Connection|Edge)$/.test(type.name);
}

function variablesIn(node: FieldNode): readonly string[] {
  const names: string[] = [];
  for (const argument of node.arguments ?? []) {
    visit(argument, { [Kind.VARIABLE]: ({ name }) => void names.push(name.value) });
  }
  return names;
}
