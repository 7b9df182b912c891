import { build } from "vite";

// `npm run build`: the server and both pages, in one process: each of `build:server`, `build:playground` and `build:explorer` loads
// most of the same tools.
const pageIn = (root) => build({ root, configFile: `${root}/vite.config.mts`, logLevel: "warn" });

await Promise.all([import("./build-server.mjs"), pageIn("playground"), pageIn("examples/explorer")]);
