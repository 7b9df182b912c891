import { defineConfig } from "vite";
import { compressedFiles } from "./compressed-files.mts";

/** `vite build playground`: the page, its scripts, its styles and its workers, all to be served from /playground/. */
export default defineConfig({
  base: "/playground/",
  plugins: [compressedFiles()],
  build: {
    outDir: "../dist/playground",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
    reportCompressedSize: false,
    // graphiql's dependencies mark their modules "use client", which says nothing to a bundle made for the client only
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  worker: { format: "es" },
});
