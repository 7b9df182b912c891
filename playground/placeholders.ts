/** The latest value that an answer held for each placeholder; absent where none has been seen. */
export interface Seen {
  readonly endCursor?: string;
  readonly companyId?: string;
  readonly companyDomain?: string;
  readonly personLinkedinUrl?: string;
}

/** Variables ready to be sent, or a message that says what to run first. */
export type Filled =
  { readonly kind: "filled"; readonly variables: unknown } | { readonly kind: "unfilled"; readonly message: string };

type Name = keyof Seen;

/** Where a placeholder's value stands in an answer: the field of the nearest object of that name. */
interface Place {
  readonly object: string;
  readonly field: string;
  readonly meaning: string;
  /** An operation whose answer holds one. */
  readonly source: string;
}

const places = {
  endCursor: {
    object: "pageInfo",
    field: "endCursor",
    meaning: "the end cursor of the last page",
    source: "the tab CompaniesAndTheirPeople",
  },
  companyId: {
    object: "company",
    field: "id",
    meaning: "the id of a company",
    source: "the tab CompaniesAndTheirPeople",
  },
  companyDomain: {
    object: "company",
    field: "domain",
    meaning: "the domain of a company",
    source: "the tab CompaniesAndTheirPeople",
  },
  personLinkedinUrl: {
    object: "person",
    field: "linkedinUrl",
    meaning: "the LinkedIn address of a person",
    source: "the example NetworkRecommendations",
  },
} as const satisfies Record<Name, Place>;

const names: readonly Name[] = ["endCursor", "companyId", "companyDomain", "personLinkedinUrl"];

/**
 * `seen`, with what `answer` adds to it: the outermost `pageInfo.endCursor`, and of the first company and person that have
 * them `company.id`, `company.domain` and `person.linkedinUrl`.
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

/** `variables` with each value that is just a placeholder, such as `"{{endCursor}}"`, replaced by what was last seen. */
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
  const sources = [...new Set([...missing].map((name) => places[name].source))].join(" and ");
  return `Not sent: ${wanted}, and no answer has held one since this page was loaded. Run ${sources} first.`;
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
