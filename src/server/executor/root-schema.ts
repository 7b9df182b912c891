import { defaultFieldResolver, GraphQLObjectType, GraphQLSchema, type GraphQLFieldConfig } from "graphql";
import type { RequestContext } from "../../graphql/context";
import { RootCalls } from "./root-calls";

/** The schema, but that its root fields are asked through the `RootCalls` that a run has as its root value. */
export function throughRootCalls(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const root = config.query?.toConfig();
  if (!root) return schema;
  const fields: readonly [string, Field][] = Object.entries(root.fields);
  const query = new GraphQLObjectType({
    ...root,
    fields: Object.fromEntries(fields.map(([name, field]) => [name, asked(field)])),
  });
  return new GraphQLSchema({ ...config, query, types: config.types.filter(({ name }) => name !== query.name) });
}

type Field = GraphQLFieldConfig<unknown, RequestContext>;

function asked({ resolve = defaultFieldResolver, ...field }: Field): Field {
  return {
    ...field,
    resolve: (source, args: Readonly<Record<string, unknown>>, context, info) => {
      if (!(source instanceof RootCalls)) return resolve(source, args, context, info);
      // What is remembered of the run must not hold on to it.
      const rest = { ...info, rootValue: undefined };
      return source.give(info.path.key, (asking) => resolve(undefined, args, asking, rest), context);
    },
  };
}
