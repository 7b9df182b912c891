import { Directive, Extensions } from "type-graphql";
import type { CallKind } from "../call-kind";

/** Where a connection's rows come from: what is recorded, or calls of that kind for what is not yet. */
export type PageSource = "record" | Exclude<CallKind, "saveProfile">;

/**
 * What a page weighs to a router that plans by cost: 1 from the record, and 10 for each provider call that its first ten
 * rows can take. A profile's rows can take one of each of its four lists.
 */
const WEIGHTS: Readonly<Record<PageSource, number>> = {
  record: 1,
  search: 10,
  network: 10,
  similar: 10,
  profilePage: 40,
};

const LIST_SIZE =
  '@listSize(assumedSize: 10, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)';

/** Marks a connection field: for routers, how long its page is and what it weighs; for our own limits, which calls it can make. */
export function PageCost(source: PageSource): MethodDecorator {
  const decorators: readonly MethodDecorator[] = [
    Directive(LIST_SIZE),
    Directive(`@cost(weight: ${WEIGHTS[source]})`),
    ...(source === "record" ? [] : [Extensions({ providerCalls: source })]),
  ];
  return (target, name, descriptor) => decorators.forEach((decorate) => decorate(target, name, descriptor));
}
