import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfigMap,
  type GraphQLFieldResolver,
} from "graphql";
import type { RequestContext } from "../../../src/graphql/context";
import { FROM_RECORD } from "../../../src/graphql/from-record";
import { DateTime } from "../../../src/graphql/scalars";

/** A node of the synthetic graph. The same object is given whenever its number is asked for. */
export interface Thing {
  readonly kind: "Cat" | "Dog";
  readonly number: number;
}

const things = Array.from({ length: 6 }, (_, number): Thing => ({ kind: number % 2 === 0 ? "Cat" : "Dog", number }));

/** Resolvers write down here that they were called. */
export const calls: string[] = [];

type Resolve = GraphQLFieldResolver<Thing | undefined, RequestContext, Record<string, unknown>>;

function noted(resolve: Resolve): Resolve {
  return (source, args, context, info) => {
    calls.push(`${info.parentType.name}.${info.fieldName} ${String(source?.number)} ${JSON.stringify(args)}`);
    return resolve(source, args, context, info);
  };
}

const Mood = new GraphQLEnumType({ name: "Mood", values: { GLAD: { value: "glad" }, SAD: { value: "sad" } } });

const Filter: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: "Filter",
  fields: () => ({
    name: { type: GraphQLString, defaultValue: "any" },
    mood: { type: Mood },
    since: { type: DateTime },
    least: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 },
    nested: { type: Filter },
  }),
});

const Node = new GraphQLInterfaceType({
  name: "Node",
  fields: { id: { type: new GraphQLNonNull(GraphQLID) }, name: { type: GraphQLString } },
  resolveType: ({ kind }: Thing) => kind,
});

const args = {
  first: { type: GraphQLInt, defaultValue: 2 },
  filter: { type: Filter },
  moods: { type: new GraphQLList(new GraphQLNonNull(Mood)) },
  at: { type: DateTime },
};

const thing = (offset: number): Resolve => noted((source) => things[((source?.number ?? 0) + offset) % things.length]);
const later =
  (resolve: Resolve): Resolve =>
  async (...all) =>
    Promise.resolve().then(() => resolve(...all));
const fail = (message: string): never => {
  throw new Error(message);
};
const list: Resolve = noted((source, { first }) =>
  things.slice(0, Number(first ?? 3)).map((one) => (one === source ? null : one)),
);

/** Fields that are computed, but from the thing alone. */
const COMPUTED = [
  "id",
  "name",
  "half",
  "big",
  "isOdd",
  "mood",
  "at",
  "tags",
  "nothing",
  "nothingSurely",
  "anError",
  "notAList",
];

const fields = (): GraphQLFieldConfigMap<Thing, RequestContext> =>
  Object.fromEntries(
    Object.entries(allFields()).map(([name, field]) => [
      name,
      COMPUTED.includes(name) ? { ...field, extensions: FROM_RECORD } : field,
    ]),
  );

const allFields = (): GraphQLFieldConfigMap<Thing, RequestContext> => ({
  id: { type: new GraphQLNonNull(GraphQLID), resolve: ({ number }) => number },
  name: { type: GraphQLString, resolve: ({ number }) => `“${String(number)}”\n\u2028` },
  number: { type: GraphQLInt },
  half: { type: new GraphQLNonNull(GraphQLFloat), resolve: ({ number }) => number / 2 },
  big: { type: GraphQLInt, resolve: ({ number }) => 2 ** (30 + number) },
  isOdd: { type: GraphQLBoolean, resolve: ({ number }) => number % 2 === 1 },
  mood: { type: Mood, resolve: ({ number }) => ["glad", "sad", "puzzled"][number % 3] },
  at: { type: DateTime, resolve: ({ number }) => (number === 3 ? new Date(Number.NaN) : new Date(number * 1e9)) },
  tags: {
    type: new GraphQLList(new GraphQLNonNull(GraphQLString)),
    resolve: ({ number }) => (number === 4 ? ["one", null] : ["one", "two"].slice(0, number)),
  },
  next: { type: Node, args, extensions: FROM_RECORD, resolve: thing(1) as never },
  nextSurely: { type: new GraphQLNonNull(Node), resolve: thing(2) as never },
  nextLater: { type: Cat, extensions: FROM_RECORD, resolve: later(thing(2)) as never },
  pet: { type: Pet, resolve: later(thing(3)) as never },
  friends: { type: new GraphQLList(Node), args, extensions: FROM_RECORD, resolve: list as never },
  friendsSurely: {
    type: new GraphQLList(new GraphQLNonNull(Node)),
    args,
    // What is missing comes first: graphql-js leaves promises of earlier items behind, whose rejection is then nobody's.
    resolve: (...all: Parameters<Resolve>) =>
      [...(list(...all) as (Thing | null)[])].sort((one, other) => Number(one !== null) - Number(other !== null)),
  } as never,
  friendsLater: {
    type: new GraphQLNonNull(new GraphQLList(Node)),
    resolve: (source, values, context, info) =>
      (list(source, values as Record<string, unknown>, context, info) as (Thing | null)[]).map(async (one) =>
        Promise.resolve(one),
      ),
  },
  broken: { type: GraphQLString, resolve: noted(() => fail("broken")) as never },
  brokenSurely: { type: new GraphQLNonNull(GraphQLString), resolve: noted(() => fail("surely broken")) as never },
  brokenLater: { type: new GraphQLNonNull(GraphQLString), resolve: later(noted(() => fail("broken later"))) as never },
  nothing: { type: GraphQLString, resolve: () => null },
  nothingSurely: { type: new GraphQLNonNull(GraphQLString), resolve: () => undefined },
  anError: { type: GraphQLString, resolve: () => new Error("an error as a value") },
  notAList: { type: new GraphQLList(GraphQLString), resolve: () => 7 },
});

const object = (name: string) => new GraphQLObjectType<Thing, RequestContext>({ name, interfaces: [Node], fields });
const Cat = object("Cat");
const Dog = object("Dog");
const Pet = new GraphQLUnionType({
  name: "Pet",
  types: [Cat, Dog],
  resolveType: async ({ kind }: Thing) => Promise.resolve(kind),
});

/** Everything that the executor has to do as graphql-js does. */
export const schema = new GraphQLSchema({
  types: [Cat, Dog],
  query: new GraphQLObjectType<unknown, RequestContext>({
    name: "Query",
    fields: {
      cat: { type: Cat, args, resolve: thing(0) as never },
      dogLater: { type: Dog, resolve: later(thing(1)) as never },
      node: {
        type: Node,
        args: { id: { type: new GraphQLNonNull(GraphQLID) } },
        resolve: noted((_, { id }) => things[Number(id)]) as never,
      },
      nodes: {
        type: new GraphQLNonNull(new GraphQLList(Node)),
        args: { ids: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLID))) } },
        resolve: noted((_, { ids }) => (ids as string[]).map((id) => things[Number(id)])) as never,
      },
      pets: {
        type: new GraphQLList(Pet),
        resolve: noted(() => [things[1], new Error("one of them"), things[2]]) as never,
      },
      surely: { type: new GraphQLNonNull(Cat), resolve: later(noted(() => null)) as never },
      rootError: { type: GraphQLInt, resolve: noted(() => fail("at the root")) as never },
    },
  }),
});
