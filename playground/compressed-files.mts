import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
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
    closeBundle: async () => {
      const names = await readdir(directory, { recursive: true, encoding: "utf8" });
      await Promise.all(names.filter((name) => COMPRESSED.test(name)).map((name) => compress(join(directory, name))));
    },
  };
}

/** Node compresses beside the main thread: several files at once. */
async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < LEAST_BYTES) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  const write = async (ending: string, compressed: Promise<Buffer>): Promise<void> =>
    writeFile(`${path}.${ending}`, await compressed);
  await Promise.all([
    write("br", promisify(brotliCompress)(content, { params })),
    write("gz", promisify(gzip)(content, { level: 9 })),
  ]);
}
