// As servers run: elsewhere graphql-js compares every type in a slow way, which finds a second copy of the library.
process.env.NODE_ENV = "production";

/** TypeScript goes through swc, as CommonJS: the module system that Node runs. Types are tsc's business. */
const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  setupFiles: ["reflect-metadata"],
  transform: {
    "\\.[jt]s$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2023",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
        },
        module: { type: "commonjs" },
      },
    ],
  },
  // What is imported where it is needed is named as Node finds it, and is there as TypeScript.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": ["$1.js", "$1.ts"] },
  // Published as ES modules only: Node loads them from CommonJS, jest does not.
  transformIgnorePatterns: ["/node_modules/(?!(?:content-disposition|cookie|jose)/)"],
};

module.exports = {
  maxWorkers: "100%",
  // A worker's memory grows with every file: near the limit of its heap, it would do little but collect garbage.
  workerIdleMemoryLimit: "1.5GB",
  // For what hangs: a busy machine is no failure.
  testTimeout: 600_000,
  testSequencer: "<rootDir>/test/support/jest/sequencer.cjs",
  projects: [
    {
      ...common,
      displayName: "compiled",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/.*/postgres/"],
    },
    // Whole requests once more, through GraphQL's ordinary executor.
    {
      ...common,
      displayName: "ordinary",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
      // What runs no other queries than the rest would only run them once more, and so would what is about requests before
      // they are run, providers, the database or credentials.
      testPathIgnorePatterns: [
        "playground",
        "explorer",
        "process",
        "crashes",
        "faults",
        "property",
        "persisted",
        "executor",
        "estimate",
        "least-credits",
        "upgrade",
        "forget",
        "schema",
        "host",
        "proxy",
        "e2e/http",
        "limits",
        "breakers",
        "retention",
        "unwritable-store",
        "callers/reloading",
        "hostile",
        "postgres/",
      ].map((name) => `<rootDir>/test/.*${name}`),
      globals: { EXECUTOR: "ordinary" },
    },
    // The stores, and whole requests of each provider, once more on PostgreSQL.
    {
      ...common,
      displayName: "postgres",
      testMatch: [
        "store/{entity,feed,ledger,people,profile,spending,sweep}.sql",
        "store/identity.property",
        "store/postgres/*",
        "e2e/{icp,similar,network-and-searches,merged,nodes,spending,forget,upgrade}",
        "providers/http/call-gate",
        "e2e/crashes",
        "e2e/postgres/*",
      ].map((name) => `<rootDir>/test/${name}.test.ts`),
      globalSetup: "<rootDir>/test/support/postgres/setup.mjs",
      globalTeardown: "<rootDir>/test/support/postgres/teardown.mjs",
      globals: { DATABASE: "postgres" },
    },
  ],
};
