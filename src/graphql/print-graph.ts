import { lexicographicSortSchema, printSchema, type GraphQLSchema } from "graphql";

/** The graph's SDL as `schema.graphql` holds it: sorted, so that moving code around does not change it. */
export function printGraph(schema: GraphQLSchema): string {
  return `# Written by \`npm run schema\`; a test fails where it is stale.\n\n${printSchema(lexicographicSortSchema(schema))}\n`;
}
