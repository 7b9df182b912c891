import {
  isCompositeType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type NamedTypeNode,
  type SelectionSetNode,
} from "graphql";

/** One field of a selection. GraphQL merges its nodes, which have the same arguments. */
export interface CollectedField {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
}

/** Collects the fields of selections as execution does: by response name, each fragment once in a selection. */
export class FieldCollector {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    private readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** The fields of `parent` in `sets`, without regard to `@skip` and `@include`. */
  collect(parent: GraphQLCompositeType, sets: readonly SelectionSetNode[]): readonly CollectedField[] {
    const fields = new Map<string, CollectedField>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(parent, set, spread, fields);
    return [...fields.values()];
  }

  #collect(
    parent: GraphQLCompositeType,
    set: SelectionSetNode,
    spread: Set<string>,
    fields: Map<string, CollectedField>,
  ): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        this.#add(parent, selection, fields);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.#collect(this.#typeOf(selection.typeCondition, parent), selection.selectionSet, spread, fields);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment)
          this.#collect(this.#typeOf(fragment.typeCondition, parent), fragment.selectionSet, spread, fields);
      }
    }
  }

  /** Adds a field. Fields with one response name on different types may differ, so they are counted separately. */
  #add(parent: GraphQLCompositeType, node: FieldNode, fields: Map<string, CollectedField>): void {
    const key = `${parent.name} ${(node.alias ?? node.name).value}`;
    const known = fields.get(key);
    const definition = known?.definition ?? this.#definitionOf(parent, node.name.value);
    if (definition) fields.set(key, { definition, nodes: [...(known?.nodes ?? []), node] });
  }

  #definitionOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (parent === this.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return "getFields" in parent ? parent.getFields()[name] : undefined;
  }

  #typeOf(condition: NamedTypeNode | undefined, parent: GraphQLCompositeType): GraphQLCompositeType {
    const type = condition && typeFromAST(this.schema, condition);
    return isCompositeType(type) ? type : parent;
  }
}
