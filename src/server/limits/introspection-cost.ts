import { getArgumentValues, introspectionFromSchema, TypeMetaFieldDef, type GraphQLSchema } from "graphql";
import type { CoercedVariables } from "./operation-cost";
import type { PlannedField } from "./operation-plan";

type Values = Readonly<Record<string, unknown>>;

/** Counts what introspection answers, on the answer to a full introspection: the graph does not change. */
export class IntrospectionCost {
  readonly #schema: unknown;
  readonly #types: ReadonlyMap<unknown, unknown>;

  constructor(schema: GraphQLSchema) {
    const { __schema } = introspectionFromSchema(schema, { descriptions: false, inputValueDeprecation: true });
    this.#schema = __schema;
    this.#types = new Map(__schema.types.map((type) => [type.name, type]));
  }

  /** How many fields the answer has; any number above `limit` where it has more. */
  fieldsOf(selection: readonly PlannedField[], variables: CoercedVariables, limit: number): number {
    let count = 0;
    for (const field of selection) {
      count += 1 + this.#below(field.children, this.#rootOf(field, variables), limit - count);
    }
    return count;
  }

  /** What a root field answers with; nothing where it answers with no part of the schema. */
  #rootOf({ definition, node }: PlannedField, variables: CoercedVariables): unknown {
    if (definition !== TypeMetaFieldDef) return definition.name === "__schema" ? this.#schema : null;
    return this.#types.get(getArgumentValues(definition, node, variables)["name"]);
  }

  #below(selection: readonly PlannedField[], value: unknown, limit: number): number {
    let count = 0;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (!isValues(one)) continue;
      const values = this.#whole(one);
      count += selection.length;
      for (const { node, children } of selection) {
        if (count > limit) return count;
        if (children.length > 0) count += this.#below(children, values[node.name.value], limit - count);
      }
    }
    return count;
  }

  /** Types that others refer to stand in the answer by name and kind. */
  #whole(value: Values): Values {
    const type = "kind" in value ? this.#types.get(value["name"]) : undefined;
    return isValues(type) ? type : value;
  }
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}
