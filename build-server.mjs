import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";

// `npm run build:server`: one CommonJS file for each source file. Every import but that of data is left to Node, so nothing is
// bundled and the imports keep their order. Types are not checked: `npm run check:types` does that.
const SOURCES = "src";
const names = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

await build({
  input: Object.fromEntries(names.map((name) => [name.slice(0, -".ts".length), join(SOURCES, name)])),
  platform: "node",
  transform: { target: "node20.19" },
  // what it says of decorators and class fields
  tsconfig: "tsconfig.json",
  treeshake: false,
  // what the compiler adds is written into the output: it is no dependency of the package
  external: (id, importer) => importer !== undefined && !/\.json$|^\0|^@oxc-project\/runtime/.test(id),
  makeAbsoluteExternalsRelative: false,
  output: {
    dir: "dist",
    format: "cjs",
    strict: true,
    exports: "named",
    entryFileNames: "[name].js",
    chunkFileNames: "compiler/[name].js",
    sourcemap: true,
    minify: false,
  },
});
