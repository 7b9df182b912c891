import {
  isPromise,
  type Completed,
  type Eventually,
  type Path,
  type QueryRun,
  type SelectedField,
  type Selection,
} from "./selection";

/** The JSON text of an object: from the cache, or made now. */
export function completeObject(
  run: QueryRun,
  selection: Selection,
  source: unknown,
  path: Path | undefined,
): Eventually<string> {
  if (!selection.fragments || typeof source !== "object" || source === null) {
    return completeFields(run, selection, source, path);
  }
  const store = run.storeOf(selection.fragments, selection);
  const version = run.context.recordVersion;
  const known = store.get(source, version);
  if (known !== null) return known;
  const { failures } = run;
  const text = completeFields(run, selection, source, path);
  // A text that was asynchronous, or had an error, may be different the next time.
  if (!isPromise(text) && run.failures === failures) store.offer(source, version, text);
  return text;
}

function completeFields(
  run: QueryRun,
  { fields }: Selection,
  source: unknown,
  path: Path | undefined,
): Eventually<string> {
  let text = "{";
  let parts: Eventually<Completed>[] | null = null;
  try {
    for (const field of fields) {
      text += text === "{" && !parts ? field.keyText : `,${field.keyText}`;
      const completed = completeField(run, field, source, path);
      if (isPromise(completed)) {
        parts ??= [];
        parts.push(text, completed);
        text = "";
      } else {
        text += String(completed);
      }
    }
  } catch (error) {
    if (!parts) throw error;
    // Promises of other fields may reject too, so they are awaited, as in graphql-js.
    return allTexts(parts).finally(() => {
      throw error;
    });
  }
  return parts ? allTexts([...parts, `${text}}`]) : `${text}}`;
}

function allTexts(parts: readonly Eventually<Completed>[]): Promise<string> {
  return Promise.all(parts).then((texts) => texts.map(String).join(""));
}

function completeField(
  run: QueryRun,
  field: SelectedField,
  source: unknown,
  parentPath: Path | undefined,
): Eventually<Completed> {
  const path = { prev: parentPath, key: field.responseName, typename: field.parentType.name };
  const handle = (thrown: unknown): null => nullFor(run, field, path, field.isNonNull, thrown);
  try {
    const value = resolved(run, field, source, path);
    const completed = isPromise(value)
      ? value.then((later: unknown) => field.complete(run, field, path, later))
      : field.complete(run, field, path, value);
    return isPromise(completed) ? completed.then(undefined, handle) : completed;
  } catch (thrown) {
    return handle(thrown);
  }
}

/**
 * The value of a field: the result of its resolver; without a resolver the property with its name, called if it is a function.
 */
function resolved(run: QueryRun, field: SelectedField, source: unknown, path: Path): unknown {
  const { resolve, definition } = field;
  if (resolve) return resolve(source, run.argumentsOf(field), run.context, run.infoOf(field, path));
  if (typeof source !== "object" || source === null) return undefined;
  const property: unknown = (source as Readonly<Record<string, unknown>>)[definition.name];
  if (typeof property !== "function") return property;
  return (property as (...args: readonly unknown[]) => unknown).call(
    source,
    run.argumentsOf(field),
    run.context,
    run.infoOf(field, path),
  );
}

/** The value of a failed field: null, with the error added. @throws the located error, if the field is non-null. */
export function nullFor(run: QueryRun, field: SelectedField, path: Path, isNonNull: boolean, thrown: unknown): null {
  const error = run.located(thrown, field, path);
  if (isNonNull) throw error;
  run.addError(error, path);
  return null;
}
