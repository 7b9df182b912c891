import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { RequestContext } from "../../graphql/context";
import type { Operation } from "../operations/operation";
import type { ByteText } from "./byte-text";
import type { FragmentCache } from "./fragment-cache";
import { completeObject } from "./object-completion";
import { Run } from "./run";
import { SelectionBuilder } from "./selections";
import {
  isPromise,
  type ArgumentValues,
  type Eventually,
  type QueryDocument,
  type SelectedField,
  type Selection,
} from "./selection";

/** Maximum number of cached selections: there is one for each combination of the variables of `@skip` and `@include`. */
const MAX_COMBINATIONS = 8;

/** The result of a query. */
export interface QueryResult {
  /** JSON of the data. */
  readonly data: ByteText;
  readonly errors: readonly GraphQLError[];
}

/**
 * A validated query, prepared for repeated runs. None of its text becomes code: it is converted to a tree of closures, one for
 * each field.
 */
export class PreparedQuery {
  readonly #document: QueryDocument;
  readonly #conditions: readonly string[];
  /** By the values of the conditions. Never wrong: neither the query nor the schema changes. */
  readonly #roots = new LRUCache<string, { readonly selection: Selection | null }>({ max: MAX_COMBINATIONS });
  readonly #fixedArguments = new WeakMap<SelectedField, ArgumentValues>();

  constructor(
    served: Pick<QueryDocument, "schema" | "resolvers">,
    { document, definition: operation }: Operation,
    private readonly fragments: FragmentCache,
  ) {
    this.#document = { ...served, operation, fragments: fragmentsOf(document) };
    this.#conditions = conditionsOf(document, operation);
  }

  /**
   * Runs the query. `null` where graphql-js has to: introspection, a query of enormous size. Nothing has run then.
   *
   * @param variables as `getVariableValues` gives them.
   */
  run(variables: Readonly<Record<string, unknown>>, context: RequestContext): Eventually<QueryResult> | null {
    const selection = this.#rootFor(variables);
    if (!selection) return null;
    const run = new Run(this.#document, this.#fixedArguments, variables, context);
    const result = (data: string): QueryResult => ({ data, errors: run.errors });
    const failed = (error: unknown): QueryResult => {
      run.addError(error as GraphQLError, undefined);
      return result("null");
    };
    try {
      const data = completeObject(run, selection, undefined, undefined);
      return isPromise(data) ? data.then(result, failed) : result(data);
    } catch (error) {
      return failed(error);
    }
  }

  /** `null` where a variable of a condition has no value: graphql-js reports that. */
  #rootFor(variables: Readonly<Record<string, unknown>>): Selection | null {
    const values = this.#conditions.map((name) => variables[name]);
    if (!values.every((value) => typeof value === "boolean")) return null;
    const key = values.join();
    const known = this.#roots.get(key);
    if (known) return known.selection;
    const selection = new SelectionBuilder(this.#document, variables, this.fragments).root();
    this.#roots.set(key, { selection });
    return selection;
  }
}

function fragmentsOf({ definitions }: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  return fragments;
}

/** The variables of the operation that `@skip` and `@include` use. */
function conditionsOf(
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    [Kind.DIRECTIVE]: ({ name, arguments: values }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of values ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return variableDefinitions.map(({ variable }) => variable.name.value).filter((name) => names.has(name));
}
