import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLEnumType,
  type GraphQLLeafType,
} from "graphql";
import { toByteText, type ByteText } from "./byte-text";

/** Converts a value of a leaf type to JSON. @throws as the type's `serialize`, for an invalid value. */
export type LeafText = (value: unknown) => ByteText;

const MAX_INT = 2_147_483_647;

/** Values that need no conversion are written directly; others are converted by the type's `serialize`. */
export function leafText(type: GraphQLLeafType): LeafText {
  const serialized = throughSerialize(type);
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return (value) => (typeof value === "string" ? toByteText(JSON.stringify(value)) : serialized(value));
    case GraphQLBoolean:
      return (value) => (value === true ? "true" : value === false ? "false" : serialized(value));
    case GraphQLInt:
      return (value) => (isInt(value) ? String(value) : serialized(value));
    case GraphQLFloat:
      return (value) => (typeof value === "number" && Number.isFinite(value) ? String(value) : serialized(value));
    default:
      return isEnumType(type) ? enumText(type, serialized) : serialized;
  }
}

function isInt(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value <= MAX_INT && value >= -MAX_INT - 1;
}

function enumText(type: GraphQLEnumType, serialized: LeafText): LeafText {
  const texts = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, JSON.stringify(name)]));
  return (value) => texts.get(value) ?? serialized(value);
}

function throughSerialize(type: GraphQLLeafType): LeafText {
  return (value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized == null) throw new TypeError(`${type.name} serialized a value that is not null to null`);
    return toByteText(JSON.stringify(serialized));
  };
}
