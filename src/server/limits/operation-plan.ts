import {
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** One field of an operation, with what its cost depends on. Fields that GraphQL merges are one. */
export interface PlannedField {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly isConnection: boolean;
  readonly children: readonly PlannedField[];
}

/** An operation as the limits see it: independent of its variables. Introspection is left out. */
export interface OperationPlan {
  readonly fields: readonly PlannedField[];
  readonly depth: number;
  readonly aliases: number;
  /** The same plan cannot hold more: whoever sends that many fields is refused whatever the other limits say. */
  readonly tooManyFields: boolean;
}

/** Fields of one operation, fragments written out. */
export const MAX_FIELDS = 10_000;

/** Plans an operation that passed validation. */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationPlan {
  const planner = new Planner(schema, document);
  const root = schema.getRootType(operation.operation);
  const fields = root ? planner.plan(root, [operation.selectionSet], 1) : [];
  return { fields, depth: planner.depth, aliases: planner.aliases, tooManyFields: planner.count > MAX_FIELDS };
}

class Planner {
  depth = 0;
  aliases = 0;
  count = 0;
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode) {
    this.#schema = schema;
    this.#fragments = new Map(
      definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
    );
  }

  plan(parent: GraphQLCompositeType, sets: readonly SelectionSetNode[], depth: number): readonly PlannedField[] {
    const groups = new Map<string, Collected[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(parent, set, spread, groups);
    return [...groups.values()].flatMap((group) => this.#planField(group, depth));
  }

  #planField(group: readonly Collected[], depth: number): readonly PlannedField[] {
    const [first] = group;
    if (!first || this.count > MAX_FIELDS) return [];
    this.count += 1;
    // What describes the graph itself is as deep as it is.
    const level = first.definition.extensions["introspection"] === true ? -1 : depth;
    this.depth = Math.max(this.depth, level);
    if (first.node.alias) this.aliases += 1;
    const type = getNamedType(first.definition.type);
    const sets = group.flatMap(({ node }) => node.selectionSet ?? []);
    return [
      {
        node: first.node,
        definition: first.definition,
        isConnection: isObjectType(type) && type.name.endsWith("Connection") && "pageInfo" in type.getFields(),
        children: isCompositeType(type) ? this.plan(type, sets, level + 1) : [],
      },
    ];
  }

  /** As execution collects fields: by response name, every fragment once a selection set. */
  #collect(
    parent: GraphQLCompositeType,
    set: SelectionSetNode,
    spread: Set<string>,
    groups: Map<string, Collected[]>,
  ): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const definition = "getFields" in parent ? parent.getFields()[selection.name.value] : undefined;
        if (!definition) continue; // __typename, __schema and __type
        // Types of an abstract field may differ in a field of the same name: those are counted apart.
        const key = `${parent.name} ${selection.alias?.value ?? selection.name.value}`;
        groups.set(key, [...(groups.get(key) ?? []), { node: selection, definition }]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.#collect(this.#conditionOf(selection, parent), selection.selectionSet, spread, groups);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment) this.#collect(this.#conditionOf(fragment, parent), fragment.selectionSet, spread, groups);
      }
    }
  }

  #conditionOf(
    {
      typeCondition,
    }: Pick<FragmentDefinitionNode, never> & {
      readonly typeCondition?: FragmentDefinitionNode["typeCondition"] | undefined;
    },
    parent: GraphQLCompositeType,
  ): GraphQLCompositeType {
    const type = typeCondition && typeFromAST(this.#schema, typeCondition);
    return isCompositeType(type) ? type : parent;
  }
}

interface Collected {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
}
