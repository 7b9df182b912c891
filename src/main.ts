#!/usr/bin/env node
import "reflect-metadata";
import { runCommandLine } from "./commands/command-line";

void runCommandLine(process.argv.slice(2), {
  env: process.env,
  print: (text) => void process.stdout.write(`${text}\n`),
  printError: (text) => void process.stderr.write(`${text}\n`),
  // Loading the graph takes longer than what most commands do: it is loaded where it is needed.
  startServer: async (config, options) => (await import("./tributary.js")).startTributary(config, options),
  checkGraph: async (config) => (await import("./wiring/check-graph.js")).checkGraph(config),
}).then((status) => {
  process.exitCode = status;
  if (status !== 0) process.exit(); // parts of the server that were started already would keep the process running
});
