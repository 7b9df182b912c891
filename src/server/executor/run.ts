import {
  getArgumentValues,
  locatedError,
  responsePathAsArray,
  type GraphQLError,
  type GraphQLResolveInfo,
} from "graphql";
import type { RequestContext } from "../../graphql/context";
import type { FragmentStore, FragmentStores } from "./fragment-cache";
import type { ArgumentValues, Path, QueryDocument, QueryRun, SelectedField, Selection } from "./selection";

/** One run of a query, with errors as graphql-js reports them. */
export class Run implements QueryRun {
  readonly errors: GraphQLError[] = [];
  failures = 0;
  readonly #nulledPaths = new Set<Path | undefined>();
  readonly #arguments = new Map<SelectedField, ArgumentValues>();
  readonly #stores = new Map<FragmentStores, FragmentStore>();

  /**
   * @param fixedArguments arguments of fields without variables; shared by all runs of the query.
   * @param variables as `getVariableValues` returns them.
   */
  constructor(
    private readonly query: QueryDocument,
    private readonly fixedArguments: WeakMap<SelectedField, ArgumentValues>,
    private readonly variables: Record<string, unknown>,
    readonly context: RequestContext,
  ) {}

  argumentsOf(field: SelectedField): ArgumentValues {
    const memory = field.hasFixedArguments ? this.fixedArguments : this.#arguments;
    const known = memory.get(field);
    if (known) return known;
    const values = getArgumentValues(field.definition, field.nodes[0], this.variables);
    memory.set(field, values);
    return values;
  }

  infoOf({ definition, nodes, parentType }: SelectedField, path: Path): GraphQLResolveInfo {
    const { schema, operation, fragments } = this.query;
    return {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType,
      path,
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: this.variables,
    };
  }

  located(error: unknown, { nodes }: SelectedField, path: Path): GraphQLError {
    return locatedError(error, nodes, responsePathAsArray(path));
  }

  addError(error: GraphQLError, path: Path | undefined): void {
    this.failures += 1;
    if (this.#isNulled(path)) return;
    this.#nulledPaths.add(path);
    this.errors.push(error);
  }

  storeOf(fragments: FragmentStores, { variables }: Selection): FragmentStore {
    const known = this.#stores.get(fragments);
    if (known) return known;
    const values = [...variables].map((name) => (Object.hasOwn(this.variables, name) ? [this.variables[name]] : []));
    const store = fragments.storeFor(this.context.tenant, values.length === 0 ? "" : JSON.stringify(values));
    this.#stores.set(fragments, store);
    return store;
  }

  #isNulled(path: Path | undefined): boolean {
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulledPaths.has(at)) return true;
    return this.#nulledPaths.has(undefined);
  }
}
