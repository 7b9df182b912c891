import { Directive, Extensions } from "type-graphql";
import { DEFAULT_PAGE_SIZE } from "../relay/page-args";
import type { CallKind } from "./call-kind";

/**
 * The number of rows of a field: an assumed number; the length of the list in an argument; a page, by `first` and `last`; or
 * the rows of the page that the field is in.
 */
export type RowCount = number | { readonly listedBy: string } | "page" | "rowsOfPage";

/** The cost of a field, for our limits and for routers that plan by cost. */
export interface Cost {
  /** Left out: the field is no list. */
  readonly rows?: RowCount;
  /** The kind of provider calls that it can make. Left out: it reads records only. */
  readonly calls?: CallKind;
  /** Weight for routers, for a field that is no page and makes no calls. Left out: the default weight. */
  readonly weight?: number;
}

/** A field of a schema with its cost. */
interface Costed {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Weights for routers: 10 for each call that the first ten rows of a page can take. A profile has four lists. */
const PAGE_FROM_RECORD = 1;
const WEIGHTS: Readonly<Record<CallKind, number>> = {
  search: 10,
  network: 10,
  similar: 10,
  saveProfile: 10,
  profileOptions: 10,
  profilePage: 40,
};

/** Assumed length where an argument lists the rows: `@listSize` accepts only numbers as slicing arguments. */
const ASSUMED_LISTED = 10;

const PAGE_SIZE = `@listSize(assumedSize: ${DEFAULT_PAGE_SIZE}, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)`;

/**
 * Declares the number of rows and the calls of a field. Our limits read it, and it is printed as `@listSize` and `@cost`.
 * Every list field needs it.
 *
 * @example
 *   @FieldCost({ rows: "page", calls: "search" })
 *   @Query(() => CompanyConnectionType)
 *   companies() {}
 */
export function FieldCost(cost: Cost): MethodDecorator & PropertyDecorator {
  const decorators: readonly (MethodDecorator & PropertyDecorator)[] = [
    Extensions(costExtensions(cost)),
    ...directivesOf(cost).map((directive) => Directive(directive)),
  ];
  return (target: object, name: string | symbol, descriptor?: PropertyDescriptor) => {
    for (const decorate of decorators) decorate(target, name, descriptor ?? {});
  };
}

/** The same for fields that are built without decorators. */
export function costExtensions(cost: Cost): { readonly cost: Cost } {
  return { cost };
}

/** The declared cost of a field; empty for a single value that costs nothing. */
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
