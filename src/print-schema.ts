import "reflect-metadata";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { printGraph } from "./graphql/federation/print-graph";
import { buildGraph } from "./graphql/schema";

writeFileSync(join(__dirname, "..", "schema.graphql"), printGraph(buildGraph()));
