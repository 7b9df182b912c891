import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLError,
  GraphQLField,
  GraphQLObjectType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from "graphql";
import type { RequestContext } from "../../graphql/context";
import type { ByteText } from "./byte-text";
import type { FragmentStore, FragmentStores } from "./fragment-cache";
import type { Resolve, Resolvers } from "./resolvers";

/** JSON of a value; `null` for null, so that a non-null field can detect it. */
export type Completed = ByteText | null;

/** A value, or a promise where something must be loaded first. */
export type Eventually<T> = T | Promise<T>;

/** A path in the answer. Each field and list item has its own path object. */
export type Path = GraphQLResolveInfo["path"];

export type ArgumentValues = Readonly<Record<string, unknown>>;

/** Converts a resolved value to text. @throws the error of the field, or of the nearest nullable field above it. */
export type Complete = (run: QueryRun, field: SelectedField, path: Path, value: unknown) => Eventually<Completed>;

/** One field of a selection, with everything that is known before the query runs. */
export interface SelectedField {
  readonly responseName: string;
  /** The beginning of its entry in the answer: `"name":`. */
  readonly keyText: string;
  /** The nodes of the document that GraphQL merges into this field. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  /** `undefined`: its value is a property. */
  readonly resolve: Resolve | undefined;
  readonly isNonNull: boolean;
  /** Whether its arguments are the same in every run: none has a variable. */
  readonly hasFixedArguments: boolean;
  readonly complete: Complete;
}

/** The fields that a query selects on one object type, in the order of the answer. */
export interface Selection {
  readonly type: GraphQLObjectType;
  readonly fields: readonly SelectedField[];
  /** The variables of the fields and all fields below them. */
  readonly variables: ReadonlySet<string>;
  /** Whether the fields, and all below them, depend on the object and the records only. */
  readonly isFromRecord: boolean;
  /** The cache of texts of whole objects; `null` where they are not cached. */
  readonly fragments: FragmentStores | null;
}

/** A validated query. */
export interface QueryDocument {
  readonly schema: GraphQLSchema;
  readonly resolvers: Resolvers;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** One run of a query: its variables, its caller, and its errors so far. */
export interface QueryRun {
  readonly context: RequestContext;
  /** Number of errors, including those that are not reported because a parent became null. */
  readonly failures: number;
  /** The arguments of a field. @throws {GraphQLError} as graphql-js does, for an invalid value of a variable. */
  argumentsOf(field: SelectedField): ArgumentValues;
  infoOf(field: SelectedField, path: Path): GraphQLResolveInfo;
  /** The error as the answer has it: with the nodes and path of the field, unless it has its own. */
  located(error: unknown, field: SelectedField, path: Path): GraphQLError;
  /** Adds an error, unless it is in a part of the answer that became null before. */
  addError(error: GraphQLError, path: Path | undefined): void;
  /** The cached texts for the variables of this run. */
  storeOf(fragments: FragmentStores, selection: Selection): FragmentStore;
}

/** Whether the value is a promise, by the rule of graphql-js. */
export function isPromise<T>(value: T | PromiseLike<T>): value is Promise<T> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function";
}
