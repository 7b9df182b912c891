import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type GraphQLCompositeType,
} from "graphql";
import { costOfField, type Cost } from "../../graphql/field-cost";
import { FieldCollector, type CollectedField } from "./collected-fields";

/** One field of an operation, with the values that its cost depends on. Fields that GraphQL merges are one. */
export interface PlannedField {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly cost: Cost;
  /** Whether its rows are nodes (have global ids), and so count as such. */
  readonly givesNodes: boolean;
  readonly children: readonly PlannedField[];
}

/** The fields of an operation, independent of its variables, `@skip` and `@include`. */
export interface Plan {
  readonly fields: readonly PlannedField[];
  readonly depth: number;
  readonly aliases: number;
  /** The plan is incomplete: an operation with so many fields is rejected. */
  readonly isTooLarge: boolean;
}

/** The plans for data and for introspection: each has its own limits. */
export interface OperationPlan {
  readonly graph: Plan;
  readonly introspection: Plan;
}

/** Maximum number of fields of a plan, with fragments expanded. Execution time grows with them, even if lists are empty. */
export const MAX_PLANNED_FIELDS = 10_000;

/** Plans an operation that passed validation. */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): OperationPlan {
  const collector = new FieldCollector(schema, document);
  const root = schema.getRootType(operation);
  const fields = root ? collector.collect(root, [selectionSet]) : [];
  return {
    graph: planOf(
      collector,
      fields.filter((field) => !isIntrospection(field)),
    ),
    introspection: planOf(collector, fields.filter(isIntrospection)),
  };
}

/** Plans one field of an operation, with all that is selected below it. */
export function planField(
  schema: GraphQLSchema,
  document: DocumentNode,
  { definition, nodes }: CollectedField,
): readonly PlannedField[] {
  return new Planner(new FieldCollector(schema, document)).plan([{ definition, nodes }], 1);
}

function isIntrospection({ definition }: CollectedField): boolean {
  return (
    definition === SchemaMetaFieldDef ||
    definition === TypeMetaFieldDef ||
    definition.extensions["introspection"] === true
  );
}

function planOf(collector: FieldCollector, fields: readonly CollectedField[]): Plan {
  const planner = new Planner(collector);
  const planned = planner.plan(fields, 1);
  return {
    fields: planned,
    depth: planner.depth,
    aliases: planner.aliases,
    isTooLarge: planner.count > MAX_PLANNED_FIELDS,
  };
}

class Planner {
  depth = 0;
  aliases = 0;
  count = 0;

  constructor(private readonly collector: FieldCollector) {}

  plan(fields: readonly CollectedField[], depth: number): readonly PlannedField[] {
    return fields.flatMap((field) => this.#planField(field, depth) ?? []);
  }

  #planField({ definition, nodes }: CollectedField, depth: number): PlannedField | null {
    if (this.count > MAX_PLANNED_FIELDS) return null;
    this.count += 1;
    this.depth = Math.max(this.depth, depth);
    const [node] = nodes;
    if (node.alias) this.aliases += 1;
    const type = getNamedType(definition.type);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return {
      node,
      definition,
      cost: costOfField(definition),
      givesNodes: isNodeType(type),
      children: isCompositeType(type) ? this.#planBelow(type, sets, depth) : [],
    };
  }

  #planBelow(type: GraphQLCompositeType, sets: readonly SelectionSetNode[], depth: number): readonly PlannedField[] {
    return this.plan(this.collector.collect(type, sets), depth + 1);
  }
}

function isNodeType(type: GraphQLNamedType): boolean {
  if (isUnionType(type)) return type.getTypes().every(isNodeType);
  if (isInterfaceType(type) && type.name === "Node") return true;
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === "Node");
}
