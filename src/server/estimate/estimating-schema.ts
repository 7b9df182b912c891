import {
  isObjectType,
  Kind,
  type DocumentNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import type { RequestContext } from "../../graphql/context";
import { costOfField } from "../../graphql/field-cost";
import { costOf } from "../limits/operation-cost";
import { planField, type PlannedField } from "../limits/operation-plan";

type Resolve = GraphQLFieldResolver<unknown, RequestContext, Readonly<Record<string, unknown>>>;
type Field = GraphQLField<unknown, RequestContext>;

/**
 * Changes the resolvers of a schema for estimates. Queries run as ever on what is recorded; below rows that are not recorded,
 * every list counts with its full price. Mutations check the caller's scopes, change nothing, and count with their full price.
 */
export function makeEstimating(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()) as Field[]) {
      if (type === schema.getMutationType()) field.resolve = estimatedMutation(field);
      else if (costOfField(field).calls !== undefined && field.resolve) field.resolve = estimatedPage(field.resolve);
    }
  }
  return schema;
}

/** The page with its recorded rows. What is selected below the other rows is added to the estimate. */
function estimatedPage(resolve: Resolve): Resolve {
  return async (source, values, context, info) => {
    const page: unknown = await resolve(source, values, context, info);
    const missing = context.estimate?.missingFrom(page) ?? 0;
    if (missing > 0) for (const field of plannedIn(info)) addFullPrice(field.children, missing, context, info);
    return page;
  };
}

function estimatedMutation({ type }: Field): Resolve {
  const isRequired = String(type).endsWith("!");
  return (_, values, context, info) => {
    context.require("write");
    context.profileOwner(ownerIn(values));
    for (const field of plannedIn(info)) {
      const { calls } = field.cost;
      if (calls !== undefined) addFreeCalls(calls, context);
      addFullPrice(field.children, 0, context, info);
    }
    return isRequired ? false : null;
  };
}

/** The user that a mutation names. */
function ownerIn({ externalUserId, input }: Readonly<Record<string, unknown>>): string | null {
  const named = externalUserId ?? (input as { readonly externalUserId?: unknown } | undefined)?.externalUserId;
  return typeof named === "string" ? named : null;
}

function addFreeCalls(kind: NonNullable<PlannedField["cost"]["calls"]>, { estimate, services }: RequestContext): void {
  for (const { provider, calls } of services.fullPrices) if (calls[kind](0, new Map()) > 0) estimate?.addFree(provider);
}

/** @param rows how many rows of a page the fields are selected on; 0: they are not below a page. */
function addFullPrice(
  fields: readonly PlannedField[],
  rows: number,
  { estimate, services }: RequestContext,
  { variableValues }: GraphQLResolveInfo,
): void {
  for (const { provider, calls, credits } of services.fullPrices) {
    estimate?.add(provider, {
      calls: costOf(fields, variableValues, calls, rows).providerCalls,
      credits: costOf(fields, variableValues, credits, rows).providerCalls,
    });
  }
}

function plannedIn({
  schema,
  operation,
  fragments,
  fieldNodes,
  parentType,
  fieldName,
}: GraphQLResolveInfo): readonly PlannedField[] {
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] };
  const [first, ...others] = fieldNodes;
  const definition = parentType.getFields()[fieldName];
  return first && definition ? planField(schema, document, { definition, nodes: [first, ...others] }) : [];
}
