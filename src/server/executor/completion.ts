import {
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLAbstractType,
  type GraphQLOutputType,
} from "graphql";
import { leafText } from "./leaf-text";
import { completeObject, nullFor } from "./object-completion";
import { isPromise, type Complete, type Completed, type Eventually, type Selection } from "./selection";

/** The selection of each object type that a field can give, by the type's name. */
export type SelectionsByType = ReadonlyMap<string, Selection>;

/**
 * Completes values of `type` as graphql-js 16 does it: with the same checks in the same order, and the same number of
 * promises, so that errors have the same order too.
 */
export function completionOf(type: GraphQLOutputType, selections: SelectionsByType): Complete {
  if (isNonNullType(type)) return nonNull(completionOf(type.ofType, selections));
  if (isListType(type)) return listOf(type.ofType, completionOf(type.ofType, selections));
  if (isAbstractType(type)) return abstract(type, selections);
  if (isLeafType(type)) {
    const text = leafText(type);
    return ifPresent((_, __, ___, value) => text(value));
  }
  const selection = selectionIn(selections, type.name);
  return ifPresent((run, _, path, value) => completeObject(run, selection, value, path));
}

function ifPresent(complete: Complete): Complete {
  return (run, field, path, value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return complete(run, field, path, value);
  };
}

function nonNull(complete: Complete): Complete {
  return (run, field, path, value) => {
    const completed = complete(run, field, path, value);
    if (completed !== null) return completed;
    throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`);
  };
}

function abstract(type: GraphQLAbstractType, selections: SelectionsByType): Complete {
  return ifPresent((run, field, path, value) => {
    const name = type.resolveType?.(value, run.context, run.infoOf(field, path), type);
    const object = (typeName: unknown): Eventually<Completed> =>
      completeObject(run, selectionIn(selections, String(typeName)), value, path);
    return isPromise(name) ? name.then(object) : object(name);
  });
}

function selectionIn(selections: SelectionsByType, typeName: string): Selection {
  const selection = selections.get(typeName);
  if (!selection) throw new Error(`${typeName} is not a type that the field can return`);
  return selection;
}

function listOf(itemType: GraphQLOutputType, complete: Complete): Complete {
  const completeItem = itemCompletion(isNonNullType(itemType), complete);
  return ifPresent((run, field, path, value) => {
    if (!isIterable(value)) {
      const name = `${field.parentType.name}.${field.definition.name}`;
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`);
    }
    const items: Eventually<Completed>[] = [];
    let hasPromise = false;
    try {
      for (const item of value) {
        const itemPath = { prev: path, key: items.length, typename: undefined };
        const completed = completeItem(run, field, itemPath, item);
        hasPromise ||= isPromise(completed);
        items.push(completed);
      }
    } catch (error) {
      // The list is null because of this error. Items that fail later change nothing, and must not end the process.
      for (const item of items) if (isPromise(item)) item.catch(() => undefined);
      throw error;
    }
    return hasPromise ? Promise.all(items).then(listText) : listText(items as readonly Completed[]);
  });
}

function itemCompletion(isNonNull: boolean, complete: Complete): Complete {
  return (run, field, path, item) => {
    const handle = (thrown: unknown): null => nullFor(run, field, path, isNonNull, thrown);
    try {
      const completed = isPromise(item)
        ? item.then((later: unknown) => complete(run, field, path, later))
        : complete(run, field, path, item);
      return isPromise(completed) ? completed.then(undefined, handle) : completed;
    } catch (thrown) {
      return handle(thrown);
    }
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function listText(items: readonly Completed[]): string {
  let text = "[";
  for (const item of items) text += text === "[" ? String(item) : `,${String(item)}`;
  return `${text}]`;
}
