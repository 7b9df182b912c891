import type { GraphQLSchema } from "graphql";
import { ConfigError } from "../config/config-error";
import { PersistedOperations, problemsOf } from "../server/persisted/persisted-operations";
import type { Configuration } from "./configuration";

/**
 * The operations that may run; `null`: every operation runs.
 *
 * @throws {ConfigError} one of them is not valid in the graph.
 */
export function registeredOperations(
  { persistedOperations, limits }: Pick<Configuration, "persistedOperations" | "limits">,
  schema: GraphQLSchema,
): PersistedOperations | null {
  if (persistedOperations === null) return null;
  const problems = problemsOf(persistedOperations, schema, limits.tokens);
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `PERSISTED_OPERATIONS_FILE: ${problem}`));
  return new PersistedOperations(persistedOperations);
}
