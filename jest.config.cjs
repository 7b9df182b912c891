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
  // Published as ES modules only: Node loads them from CommonJS, jest does not.
  transformIgnorePatterns: ["/node_modules/(?!(?:content-disposition|cookie|jose)/)"],
};

module.exports = {
  maxWorkers: "100%",
  // For what hangs: a busy machine is no failure.
  testTimeout: 120_000,
  projects: [
    { ...common, displayName: "compiled", testMatch: ["<rootDir>/test/**/*.test.ts"] },
    // Whole requests once more, through GraphQL's ordinary executor.
    {
      ...common,
      displayName: "ordinary",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
      // What runs no other queries than the rest would only run them once more.
      testPathIgnorePatterns: ["playground", "explorer", "process", "faults", "property", "persisted", "executor"].map(
        (name) => `<rootDir>/test/.*${name}`,
      ),
      globals: { EXECUTOR: "ordinary" },
    },
  ],
};
