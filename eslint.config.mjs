import boundaries from "eslint-plugin-boundaries";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** The folders of `src/feeds`, and which of the others each may import. `feeds` is the files beside the folders. */
const ROOMS = {
  feeds: [],
  feed: ["feeds"],
  entities: ["feed", "feeds"],
  pages: ["entities", "feed", "feeds"],
  profiles: ["entities", "feed", "feeds"],
  recommendations: ["pages", "profiles", "entities", "feed", "feeds"],
  searches: ["pages", "entities", "feed", "feeds"],
};
const FEEDS = Object.keys(ROOMS);

/** Layer by layer, what it may import. Arrows point one way; what is not listed is refused. */
const LAYERS = {
  domain: [],
  relay: ["domain"],
  ...Object.fromEntries(Object.entries(ROOMS).map(([room, others]) => [room, ["domain", "relay", ...others]])),
  http: ["domain"],
  settings: [],
  descriptor: ["http", ...FEEDS, "domain", "settings"],
  provider: ["descriptor", "http", ...FEEDS, "domain", "settings"],
  store: ["domain", "feeds", "feed", "entities", "profiles"],
  graphql: [...FEEDS, "domain", "relay"],
  server: ["graphql", "domain", "relay"],
  telemetry: ["server", "domain"],
  sandbox: [],
  config: ["settings", "domain"],
  wiring: [
    "server",
    "config",
    "settings",
    "domain",
    "relay",
    ...FEEDS,
    "http",
    "descriptor",
    "provider",
    "store",
    "graphql",
    "sandbox",
  ],
  commands: ["wiring", "server", "config", "store", "domain"],
};

const folder = (type, pattern = `src/${type}`) => ({ type, pattern });
const to = (type) => ({ to: { element: { type } } });

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "coverage/",
      "test/e2e/documents/",
      "test/clients/documents/",
      "**/__generated__/",
      "examples/explorer/generated/",
      "data/",
    ],
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts", "**/*.tsx"] })),
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-extraneous-class": "off",
      // Shapes with decorators are classes only because TypeGraphQL reads them off classes; nothing constructs them.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Answers are there at once where they can be: lists of values and promises are usual.
      "@typescript-eslint/await-thenable": ["error", { allowMixedPromiseArrays: true }],
      "import-x/no-cycle": "error",
      "import-x/no-default-export": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      // An aborted signal gives its reason, whatever that is.
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingAny: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["src/*/**/*.ts"], // the programs beside the folders may import all of them, and are imported by none
    plugins: { boundaries },
    settings: {
      "import/resolver": { typescript: true },
      "boundaries/elements": [
        folder("http", "src/providers/http"),
        folder("descriptor", "src/providers/descriptor"),
        { ...folder("provider", "src/providers/*"), capture: ["name"] },
        ...FEEDS.filter((room) => room !== "feeds").map((room) => folder(room, `src/feeds/${room}`)),
        ...[
          "domain",
          "relay",
          "feeds",
          "store",
          "graphql",
          "server",
          "sandbox",
          "telemetry",
          "settings",
          "config",
          "wiring",
          "commands",
        ].map((type) => folder(type)),
      ],
    },
    rules: {
      "boundaries/no-unknown-files": "error",
      "boundaries/no-unknown-dependencies": "error",
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          policies: [
            ...Object.entries(LAYERS).map(([type, others]) => ({
              from: { element: { type } },
              allow: [...others, ...(type === "provider" ? [] : [type])].map(to),
            })),
            {
              from: { element: { type: "provider" } },
              allow: [{ to: { element: { type: "provider", captured: { name: "{{from.captured.name}}" } } } }],
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/**/*.ts"], // no text of a request may become code
    rules: {
      "no-eval": "error",
      "no-new-func": "error",
      "@typescript-eslint/no-implied-eval": "error",
      "no-restricted-imports": ["error", { paths: ["vm", "node:vm"] }],
    },
  },
  {
    files: ["src/**/*.ts"], // without an address of a collector, nothing of OpenTelemetry is loaded
    ignores: ["src/telemetry/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: ["vm", "node:vm"],
          patterns: [{ group: ["@opentelemetry/*"], message: "Use the port, domain/tracing." }],
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 600 }],
      "max-lines-per-function": "off",
      "@typescript-eslint/explicit-module-boundary-types": "off",
    },
  },
  {
    files: ["**/*.config.{cjs,mjs,mts,ts}"],
    rules: { "import-x/no-default-export": "off", "max-lines-per-function": "off" },
  },
);
