/** The latest value that an answer held for each placeholder; absent where none has been seen. */
export interface Seen {
  readonly endCursor?: string;
  readonly companyId?: string;
}

/** Variables ready to be sent, or a message that says what to run first. */
export type Filled =
  { readonly kind: "filled"; readonly variables: unknown } | { readonly kind: "unfilled"; readonly message: string };

type Name = keyof Seen;

/** Where a placeholder's value stands in an answer: the field of the nearest object of that name. */
const places = {
  endCursor: { object: "pageInfo", field: "endCursor", meaning: "the end cursor of the last page" },
  companyId: { object: "company", field: "id", meaning: "the id of a company" },
} as const satisfies Record<Name, { object: string; field: string; meaning: string }>;

const names: readonly Name[] = ["endCursor", "companyId"];

/**
 * `seen`, with what `answer` adds to it: the outermost `pageInfo.endCursor` and the first `company.id`.
 * What the answer lacks, or gives as null (an empty page has no end cursor), stays as it was.
 */
export function remember(seen: Seen, answer: unknown): Seen {
  const found: { -readonly [key in Name]?: string } = { ...seen };
  for (const name of names) {
    const value = outermost(answer, places[name].object, places[name].field);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** `variables` with each value that is just `"{{endCursor}}"` or `"{{companyId}}"` replaced by what was last seen. */
export function fillPlaceholders(variables: unknown, seen: Seen): Filled {
  const missing = new Set<Name>();

  function fill(value: unknown): unknown {
    if (typeof value === "string") {
      const name = names.find((known) => value === `{{${known}}}`);
      if (!name) return value;
      const replacement = seen[name];
      if (replacement === undefined) missing.add(name);
      return replacement;
    }
    if (Array.isArray(value)) return value.map(fill);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    return value;
  }

  const filled = fill(variables);
  return missing.size === 0 ? { kind: "filled", variables: filled } : { kind: "unfilled", message: advice(missing) };
}

function advice(missing: ReadonlySet<Name>): string {
  const wanted = [...missing].map((name) => `{{${name}}} stands for ${places[name].meaning}`).join(", and ");
  return `Not sent: ${wanted}, and no answer has held one since this page was loaded. Run the tab CompaniesAndTheirPeople first.`;
}

/** Breadth first, so that the page asked for comes before pages nested in it. */
function outermost(answer: unknown, object: string, field: string): string | undefined {
  let level: unknown[] = [answer];
  while (level.length > 0) {
    for (const value of level) {
      const holder = isObject(value) ? value[object] : undefined;
      const held = isObject(holder) ? holder[field] : undefined;
      if (typeof held === "string") return held;
    }
    level = level.flatMap((value): unknown[] =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
