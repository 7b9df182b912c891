import { getVariableValues, OperationTypeNode, type GraphQLSchema } from "graphql";
import type { RequestContext } from "../../graphql/context";
import type { GivenVariables, Operation } from "../operations/operation";
import type { FragmentCache } from "./fragment-cache";
import { PreparedQuery, type QueryResult } from "./prepared-query";
import { resolversOf, type Resolvers } from "./resolvers";
import type { Eventually } from "./selection";

/** Runs queries and writes their answers as text. The answers are the same as those of graphql-js, byte for byte. */
export class QueryExecutor {
  /** Never wrong: neither an operation nor the schema changes. */
  readonly #prepared = new WeakMap<Operation, PreparedQuery>();

  readonly resolvers: Resolvers;

  /** @throws {Error} a type has `isTypeOf`, or an abstract type has no `resolveType`. */
  constructor(
    readonly schema: GraphQLSchema,
    private readonly fragments: FragmentCache,
  ) {
    this.resolvers = resolversOf(schema);
    for (const type of Object.values(schema.getTypeMap())) {
      if ("isTypeOf" in type && type.isTypeOf)
        throw new Error(`${type.name} has isTypeOf, which is not supported here`);
      if ("resolveType" in type && !type.resolveType) throw new Error(`${type.name} has no resolveType`);
    }
  }

  /** `null` where graphql-js has to run the operation, to say that variables are wrong for one; nothing of it has run then. */
  run(operation: Operation, given: GivenVariables, context: RequestContext): Eventually<QueryResult> | null {
    const { coerced } = getVariableValues(this.schema, operation.definition.variableDefinitions ?? [], given);
    return coerced ? this.runWith(operation, coerced, context) : null;
  }

  /** Likewise. @param variables as `getVariableValues` gives them. */
  runWith(
    operation: Operation,
    variables: Readonly<Record<string, unknown>>,
    context: RequestContext,
  ): Eventually<QueryResult> | null {
    if (operation.definition.operation !== OperationTypeNode.QUERY) return null;
    const prepared = this.#prepared.get(operation) ?? new PreparedQuery(this, operation, this.fragments);
    this.#prepared.set(operation, prepared);
    return prepared.run(variables, context);
  }
}
