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

/** JSON of a value; `null` where the value is null, so that a non-null field can tell. */
export type Completed = ByteText | null;

/** A value that is there at once where all it needs is in memory. */
export type Eventually<T> = T | Promise<T>;

/** A place in the answer. Each field and list item has a path object of its own. */
export type Path = GraphQLResolveInfo["path"];

export type ArgumentValues = Readonly<Record<string, unknown>>;

/** Turns a resolved value into text. @throws what is to be told of the field, or of the nearest nullable one above it. */
export type Complete = (run: QueryRun, field: SelectedField, path: Path, value: unknown) => Eventually<Completed>;

/** One field of a selection: all that is known of it before the query runs. */
export interface SelectedField {
  readonly responseName: string;
  /** How its entry in the answer begins: `"name":`. */
  readonly keyText: string;
  /** The nodes of the document that GraphQL merges into this field. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly isNonNull: boolean;
  /** Whether its arguments are the same in every run: none of them has a variable. */
  readonly hasFixedArguments: boolean;
  readonly complete: Complete;
}

/** The fields that a query selects of one object type, in the order of the answer. */
export interface Selection {
  readonly type: GraphQLObjectType;
  readonly fields: readonly SelectedField[];
  /** The variables that the fields and all below them use. */
  readonly variables: ReadonlySet<string>;
  /** Whether the fields, and all below them, follow from the object and the record alone. */
  readonly isFromRecord: boolean;
  /** Where texts of whole objects are kept; `null` where none are. */
  readonly fragments: FragmentStores | null;
}

/** A query as it was sent, that passed validation. */
export interface QueryDocument {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** One execution of a query: its variables, its caller, and the errors met so far. */
export interface QueryRun {
  readonly context: RequestContext;
  /** How many errors were met, those included that are not told because a parent became null. */
  readonly failures: number;
  /** @throws {GraphQLError} as graphql-js does, where a variable's value does not fit. */
  argumentsOf(field: SelectedField): ArgumentValues;
  infoOf(field: SelectedField, path: Path): GraphQLResolveInfo;
  /** The error as the answer tells it: with the field's nodes and the path, unless it has its own. */
  located(error: unknown, field: SelectedField, path: Path): GraphQLError;
  /** Notes an error, unless its place lies in a part of the answer that became null before. */
  addError(error: GraphQLError, path: Path | undefined): void;
  /** The texts kept for this run's variables. */
  storeOf(fragments: FragmentStores, selection: Selection): FragmentStore;
}

/** As graphql-js tells a promise from a value. */
export function isPromise<T>(value: T | PromiseLike<T>): value is Promise<T> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function";
}
