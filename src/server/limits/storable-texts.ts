import { Kind, visit, type DocumentNode } from "graphql";
import { InputError } from "../../domain/errors";
import type { GivenVariables, Operation } from "../operations/operation";

/** Characters that databases cannot store: NUL, and unpaired surrogates, which have no UTF-8. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const ACCEPTED =
  "It may have any character except U+0000 and unpaired surrogates (U+D800 to U+DFFF). Nothing was executed.";

/** Maximum length of a path in a message, since values can be nested deeply. */
const MAX_PATH_LENGTH = 200;

/** Rejects texts that cannot be stored, anywhere in an operation. Checks each document once. */
export class StorableTexts {
  readonly #read = new WeakMap<DocumentNode, boolean>();

  /** @throws {InputError} a text of the document, or of a declared variable, cannot be stored. */
  check(operation: Operation, given: GivenVariables): void {
    if (!this.#isStorable(operation.document))
      throw new InputError(`A text in the document cannot be stored. ${ACCEPTED}`);
    for (const { variable } of operation.definition.variableDefinitions ?? []) {
      const name = variable.name.value;
      const path = Object.hasOwn(given, name) ? unstorablePath(given[name]) : null;
      if (path === null) continue;
      throw new InputError(`The text at \`$${name}${path.slice(0, MAX_PATH_LENGTH)}\` cannot be stored. ${ACCEPTED}`);
    }
  }

  #isStorable(document: DocumentNode): boolean {
    const known = this.#read.get(document);
    if (known !== undefined) return known;
    const isStorable = textsOf(document).every((text) => !UNSTORABLE.test(text));
    this.#read.set(document, isStorable);
    return isStorable;
  }
}

function textsOf(document: DocumentNode): readonly string[] {
  const texts: string[] = [];
  visit(document, { [Kind.STRING]: ({ value }) => void texts.push(value) });
  return texts;
}

interface Place {
  readonly value: unknown;
  readonly path: string;
}

/**
 * The path of such a text in a variable: `.companies[0].domain`; `null` where there is none. A loop, since values can be
 * nested deeply.
 */
function unstorablePath(variable: unknown): string | null {
  if (typeof variable === "string") return UNSTORABLE.test(variable) ? "" : null;
  if (typeof variable !== "object" || variable === null) return null;
  const places: Place[] = [{ value: variable, path: "" }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, path } = place;
    if (typeof value === "string" && UNSTORABLE.test(value)) return path;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (UNSTORABLE.test(key)) return path;
      places.push({ value: inner, path: Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}` });
    }
  }
  return null;
}
