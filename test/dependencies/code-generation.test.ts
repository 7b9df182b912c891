import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

// No text of a request may become code. A package that makes code from text is listed here with what it makes it from;
// one that is not listed fails the test, and has to be read before it is.
const MAKES_CODE: Readonly<Record<string, string>> = {
  "@apollo/protobufjs": "encoders of the trace format, from the message definitions that it ships",
  "@fastify/fast-json-stringify-compiler": "answers' serializers, from JSON schemas of routes; our routes have none",
  ajv: "validators, from JSON schemas of routes; our routes have none, so only from the ones that it ships",
  "async-function": "a fixed text that finds out what the engine knows",
  "async-generator-function": "likewise",
  depd: "a function of as many parameters as one that is deprecated",
  "fast-json-stringify": "serializers, from JSON schemas that Fastify ships and routes have",
  "find-my-way": "the router's tree, from the patterns of our routes",
  "function-bind": "a function of as many parameters as the bound one",
  "generator-function": "a fixed text that finds out what the engine knows",
  "lodash.get": "a fixed text that finds the global object",
  "lodash.sortby": "likewise",
  qs: "a fixed text that finds the global object",
  "rate-limiter-flexible": "nothing: it has Redis run a fixed script (EVAL), in a limiter that is not used here",
  "real-require": "a fixed text that reaches `require`",
  "reflect-metadata": "a fixed text that finds the global object",
};

const CODE_FROM_TEXT =
  /\bnew Function\s*\(|[^.\w]Function\s*\(\s*["'`]|\beval\s*\(|require\(["'](?:node:)?vm["']\)|from ["'](?:node:)?vm["']/;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly link?: boolean }>>;
}

const root = join(__dirname, "../..");

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(?:node_modules|tests?|benchmarks?)$/.test(entry.name) ? [] : sourcesIn(path);
    return /\.[cm]?js$/.test(entry.name) ? [path] : [];
  });
}

describe("production dependencies", () => {
  it("make code from no text but their own", () => {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
    const folders = Object.entries(lock.packages)
      .filter(([path, { dev, link }]) => path.startsWith("node_modules/") && dev !== true && link !== true)
      .filter(([path]) => existsSync(join(root, path)))
      .map(([path]) => path);
    const found = folders.filter((folder) =>
      sourcesIn(join(root, folder)).some((path) => CODE_FROM_TEXT.test(readFileSync(path, "utf8"))),
    );
    const names = new Set(found.map((path) => path.replace(/^.*node_modules\//, "")));
    expect([...names].sort()).toEqual(Object.keys(MAKES_CODE).sort());
  });
});
