import { getArgumentValues, introspectionFromSchema, TypeMetaFieldDef, type GraphQLSchema } from "graphql";
import type { CoercedVariables } from "./operation-cost";
import type { PlannedField } from "./operation-plan";

type Values = Readonly<Record<string, unknown>>;

/**
 * Counts the fields in the answer to an introspection query, with the answer to a full introspection: the schema does not
 * change.
 */
export class IntrospectionCost {
  readonly #schema: unknown;
  readonly #types: ReadonlyMap<unknown, unknown>;

  constructor(schema: GraphQLSchema) {
    const { __schema } = introspectionFromSchema(schema, { descriptions: false, inputValueDeprecation: true });
    this.#schema = __schema;
    this.#types = new Map(__schema.types.map((type) => [type.name, type]));
  }

  /** The number of fields of the answer; if it is above `limit`, any number above `limit`. */
  fieldsOf(selection: readonly PlannedField[], variables: CoercedVariables, limit: number): number {
    let count = 0;
    for (const field of selection) {
      count += 1 + this.#below(field.children, this.#rootOf(field, variables), limit - count);
    }
    return count;
  }

  /** The answer of a root field; `null` where it is no part of the schema. */
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

  /** The whole type: a type that another type refers to has only its name and kind. */
  #whole(value: Values): Values {
    const type = "kind" in value ? this.#types.get(value["name"]) : undefined;
    return isValues(type) ? type : value;
  }
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}
