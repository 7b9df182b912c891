import { defineConfig } from "vite";
import { compressedFiles } from "../../playground/compressed-files.mts";

/**
 * `vite build examples/explorer`: the page, its script and its styles, all to be served from /explorer/.
 * `vite examples/explorer`: the same while you work on it, with the graph of a server that runs already.
 */
export default defineConfig({
  base: "/explorer/",
  plugins: [
    compressedFiles(),
    {
      // nothing is painted before the script has said which colours the reader chose
      name: "block-rendering",
      transformIndexHtml: {
        order: "post",
        handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
      },
    },
  ],
  server: { proxy: { "/graphql": "http://127.0.0.1:4000", "/sandbox": "http://127.0.0.1:4000" } },
  build: {
    outDir: "../../dist/explorer",
    emptyOutDir: true,
    target: "es2023",
    // the colours are light-dark() pairs, which these have
    cssTarget: ["chrome123", "safari17.5", "firefox120"],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
