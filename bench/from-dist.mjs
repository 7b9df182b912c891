import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Where `npm run build` puts what it compiles. */
export const DIST = fileURLToPath(new URL("../dist", import.meta.url));

/** A module of the compiled server. @param {string} path */
export function fromDist(path) {
  return require(`${DIST}/${path}.js`);
}
