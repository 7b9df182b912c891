import fc from "fast-check";

/** An operation that can cost something: some lists, each from its beginning or from where it was read to. */
export interface SpendingOperation {
  readonly lists: readonly SpendingList[];
  readonly creditsMax: number | null;
}

export interface SpendingList {
  /** The field and its arguments, without the page. */
  readonly field: string;
  readonly first: number;
  readonly goesOn: boolean;
  /** What is selected of each row besides its id. */
  readonly below: string;
}

const PROFILES = ["u1", "u2", "u3"].flatMap((user) => [
  `recommendations(externalUserId: "${user}"`,
  `recommendations(externalUserId: "${user}", providers: [SURFE]`,
  `recommendations(externalUserId: "${user}", providers: [LUSHA]`,
  `recommendations(externalUserId: "${user}", providers: [LETRICS, LUSHA]`,
]);
const SEARCHES = [
  `companies(filter: { industries: ["Software"] }`,
  `companies(filter: { locations: ["France"] }`,
  `people(filter: { jobTitles: ["sales"] }`,
];
const OTHERS = [
  `networkRecommendations(country: FR`,
  `similarCompanies(companies: [{ lushaCompanyId: "6504" }]`,
  `similarCompanies(companies: [{ domain: "surfe.com" }]`,
];

const similar = (field: string, first: number): string => `${field}(first: ${String(first)}) { nodes { id } }`;

const BELOW_RECOMMENDATION = [
  "",
  "",
  `company { ${similar("similarCompanies", 3)} }`,
  `person { ${similar("similarPeople", 2)} }`,
  `company { people(first: 2) { nodes { ${similar("similarPeople", 2)} } } }`,
  `people(first: 2) { nodes { company { ${similar("similarCompanies", 2)} } } }`,
];

const BELOW_COMPANY = ["", "", similar("similarCompanies", 3)];
const BELOW_PERSON = ["", "", similar("similarPeople", 2), `company { ${similar("similarCompanies", 2)} }`];

function listOf(fields: readonly string[], below: readonly string[]): fc.Arbitrary<SpendingList> {
  return fc.record({
    field: fc.constantFrom(...fields),
    first: fc.constantFrom(1, 2, 5, 12, 25, 60),
    goesOn: fc.boolean(),
    below: fc.constantFrom(...below),
  });
}

const anyList = fc.oneof(
  { weight: 3, arbitrary: listOf(PROFILES, BELOW_RECOMMENDATION) },
  { weight: 1, arbitrary: listOf(OTHERS, BELOW_RECOMMENDATION) },
  { weight: 1, arbitrary: listOf(SEARCHES.slice(0, 2), BELOW_COMPANY) },
  { weight: 1, arbitrary: listOf(SEARCHES.slice(2), BELOW_PERSON) },
);

export const anySpendingOperation: fc.Arbitrary<SpendingOperation> = fc.record({
  lists: fc.array(anyList, { minLength: 1, maxLength: 3 }),
  creditsMax: fc.constantFrom(null, null, null, 3, 20),
});

/** The operation as text. @param cursors where each field was read to. */
export function textOf({ lists }: SpendingOperation, cursors: ReadonlyMap<string, string>): string {
  const fields = lists.map(({ field, first, goesOn, below }, i) => {
    const cursor = goesOn ? cursors.get(field) : undefined;
    const after = cursor === undefined ? "" : `, after: ${JSON.stringify(cursor)}`;
    return `l${String(i)}: ${field}, first: ${String(first)}${after}) { pageInfo { endCursor } nodes { id ${below} } }`;
  });
  return `{ ${fields.join("\n")} }`;
}
