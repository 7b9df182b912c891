import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSED = /\.(?:css|html|js|svg|json)$/;
/** The gain of compressing a smaller file is less than a packet. */
const LEAST_BYTES = 1_024;
/** The best quality takes twenty times as long for a twentieth less. */
const BROTLI_QUALITY = 9;

/** Writes `file.br` and `file.gz` beside each text that vite has built: the server sends them to browsers that take them. */
export function compressedFiles(): Plugin {
  let directory = "";
  return {
    name: "compressed-files",
    apply: "build",
    configResolved: ({ root, build }) => {
      directory = join(root, build.outDir);
    },
    closeBundle: () => {
      const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
      for (const name of names.filter((one) => COMPRESSED.test(one))) compress(join(directory, name));
    },
  };
}

function compress(path: string): void {
  const content = readFileSync(path);
  if (content.length < LEAST_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
