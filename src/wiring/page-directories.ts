import { join } from "node:path";

/** Where `npm run build` puts the pages: beside the built program. */
export const PLAYGROUND_DIRECTORY = join(__dirname, "../playground");
export const EXPLORER_DIRECTORY = join(__dirname, "../explorer");
