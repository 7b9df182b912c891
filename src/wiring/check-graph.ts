import { buildSubgraph } from "../graphql/federation/subgraph";
import { checkPlayground } from "../server/playground";
import type { Configuration } from "./configuration";
import { PLAYGROUND_DIRECTORY } from "./page-directories";
import { registeredOperations } from "./registered-operations";

/**
 * Checks what a start needs of the graph and of the built pages.
 *
 * @throws {ConfigError} a registered operation is not valid in the graph.
 * @throws {StartError} the playground is on, and was not built.
 */
export function checkGraph(config: Configuration): void {
  if (config.persistedOperations !== null) registeredOperations(config, buildSubgraph());
  if (config.playground) checkPlayground(PLAYGROUND_DIRECTORY);
}
