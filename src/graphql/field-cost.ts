import { Directive, Extensions } from "type-graphql";
import { DEFAULT_PAGE_SIZE } from "../relay/page-args";
import type { CallKind } from "./call-kind";

/**
 * How many rows a field gives: a number that is assumed; as many as an argument lists; a page, by `first` and `last`; or,
 * within a page, its rows.
 */
export type RowCount = number | { readonly listedBy: string } | "page" | "rowsOfPage";

/** What a field costs, for our own limits and for routers that plan by cost. */
export interface Cost {
  /** Left out: the field is no list. */
  readonly rows?: RowCount;
  /** Provider calls it can make. Left out: it reads what is recorded. */
  readonly calls?: CallKind;
  /** What it weighs to a router where it is no page and makes no calls. Left out: what such a field weighs by default. */
  readonly weight?: number;
}

/** A field of a schema, as far as its cost is written on it. */
interface Costed {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Rows of a page, and calls of a kind for it: 10 for each call that its first ten rows can take. A profile has four lists. */
const PAGE_FROM_RECORD = 1;
const WEIGHTS: Readonly<Record<CallKind, number>> = {
  search: 10,
  network: 10,
  similar: 10,
  saveProfile: 10,
  profileOptions: 10,
  profilePage: 40,
};

/** For a list whose length an argument tells: `@listSize` takes only arguments that are numbers. */
const ASSUMED_LISTED = 10;

const PAGE_SIZE = `@listSize(assumedSize: ${DEFAULT_PAGE_SIZE}, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)`;

/** States the size and price of a field: our limits read it, and it is printed as `@listSize` and `@cost`. Every list has one. */
export function FieldCost(cost: Cost): MethodDecorator & PropertyDecorator {
  const decorators: readonly (MethodDecorator & PropertyDecorator)[] = [
    Extensions(costExtensions(cost)),
    ...directivesOf(cost).map((directive) => Directive(directive)),
  ];
  return (target: object, name: string | symbol, descriptor?: PropertyDescriptor) => {
    for (const decorate of decorators) decorate(target, name, descriptor ?? {});
  };
}

/** For fields that are built without decorators. */
export function costExtensions(cost: Cost): { readonly cost: Cost } {
  return { cost };
}

/** What is stated of a field; nothing where it is a single value that costs nothing. */
export function costOfField({ extensions }: Costed): Cost {
  return (extensions as Partial<ReturnType<typeof costExtensions>>).cost ?? {};
}

function directivesOf({ rows, calls, weight }: Cost): readonly string[] {
  const cost = calls ? WEIGHTS[calls] : rows === "page" ? PAGE_FROM_RECORD : weight;
  return [...sizeDirective(rows), ...(cost === undefined ? [] : [`@cost(weight: ${cost})`])];
}

function sizeDirective(rows: RowCount | undefined): readonly string[] {
  if (rows === undefined || rows === "rowsOfPage") return [];
  if (rows === "page") return [PAGE_SIZE];
  return [`@listSize(assumedSize: ${typeof rows === "number" ? rows : ASSUMED_LISTED})`];
}
