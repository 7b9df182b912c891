import { GraphQLDate, GraphQLDateTime, GraphQLJSONObject, GraphQLSafeInt } from "graphql-scalars";

/** ISO 8601, UTC. */
export const DateTime = GraphQLDateTime;

/** Whole numbers up to 2^53 - 1: revenue does not fit in Int. */
export const SafeInt = GraphQLSafeInt;

/** Any JSON object. */
export const JsonObject = GraphQLJSONObject;

/** A calendar day, ISO 8601. */
export const CalendarDate = GraphQLDate;
