import { Kind, visit, type DocumentNode } from "graphql";
import { InputError } from "../../domain/errors";
import type { GivenVariables, Operation } from "../operations/operation";

/** Characters that databases cannot store: NUL, and unpaired surrogates, which have no UTF-8. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const ACCEPTED =
  "It may have any character except U+0000 and unpaired surrogates (U+D800 to U+DFFF). Nothing was executed.";

/** Maximum length of a path in a message, since values can be nested deeply. */
const MAX_PATH_LENGTH = 200;

/** No input of the graph needs nearly as many; JSON with some thousands of levels cannot be serialized. */
const MAX_LEVELS = 100;

/**
 * Rejects texts that cannot be stored, anywhere in an operation, and variables that are nested too deeply. Checks each
 * document once: it never changes.
 */
export class StorableTexts {
  readonly #read = new WeakMap<DocumentNode, boolean>();

  /** @throws {InputError} a text of the document, or a declared variable, cannot be stored. */
  check(operation: Operation, given: GivenVariables): void {
    if (!this.#isStorable(operation.document))
      throw new InputError(`A text in the document cannot be stored. ${ACCEPTED}`);
    for (const { variable } of operation.definition.variableDefinitions ?? []) {
      const name = variable.name.value;
      const place = Object.hasOwn(given, name) ? unstorable(given[name]) : null;
      if (place === null) continue;
      const path = place.path.slice(0, MAX_PATH_LENGTH);
      if (place.level > MAX_LEVELS) {
        const most = `${String(MAX_LEVELS)} levels of objects and lists`;
        throw new InputError(
          `The value of \`$${name}\` is nested too deeply: it may have ${most}. Nothing was executed.`,
        );
      }
      throw new InputError(`The text at \`$${name}${path}\` cannot be stored. ${ACCEPTED}`);
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
  /** `.companies[0].domain` */
  readonly path: string;
  readonly level: number;
}

/**
 * The place of such a text in a variable's value, or of the first level too many; `null` where there is neither. A loop,
 * since values can be nested deeply.
 */
function unstorable(variable: unknown): Place | null {
  if (typeof variable !== "string" && (typeof variable !== "object" || variable === null)) return null;
  const places: Place[] = [{ value: variable, path: "", level: 0 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, path, level } = place;
    if (level > MAX_LEVELS || (typeof value === "string" && UNSTORABLE.test(value))) return place;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (UNSTORABLE.test(key)) return place;
      const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
      places.push({ value: inner, path: at, level: level + 1 });
    }
  }
  return null;
}
