import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, getNamedType, isObjectType, type GraphQLObjectType } from "graphql";

/** By a field's name, its arguments besides those of paging: each of their values is a list of its own. */
type Connections = Readonly<Record<string, readonly string[]>>;

/** Every field of the graph that is a connection, by its type. */
export function connectionFields(): Readonly<Record<string, Connections>> {
  const schema = buildSchema(readFileSync(join(__dirname, "../../schema.graphql"), "utf8"));
  return Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .map((type) => [type.name, connectionsOf(type)] as const)
      .filter(([, connections]) => Object.keys(connections).length > 0),
  );
}

function connectionsOf(type: GraphQLObjectType): Connections {
  const fields = Object.values(type.getFields());
  return Object.fromEntries(
    fields
      .filter((field) => getNamedType(field.type).name.endsWith("Connection"))
      .map(({ name, args }) => [
        name,
        args
          .map((arg) => arg.name)
          .filter(isNotPaging)
          .sort(),
      ]),
  );
}

function isNotPaging(argument: string): boolean {
  return !["first", "after", "last", "before"].includes(argument);
}
