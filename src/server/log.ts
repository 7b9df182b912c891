import pino, { type Logger } from "pino";

/** Paths at which libraries put headers into log entries. */
const HEADER_PATHS = ["headers", "err.config.headers", "req.headers", "request.headers"];

/** Lines are written together, so many bytes at a time: a write for each line makes recorded pages 7 % slower. */
const BYTES_OF_A_WRITE = 8_192;

/** No line waits longer. */
const WRITTEN_WITHIN_MS = 50;

/** Where nobody reads the standard output, so many bytes wait; more are dropped. */
const MAX_WAITING_BYTES = 16 * 2 ** 20;

/**
 * Creates the logger: JSON lines on standard output. Lines from `warn` on are written at once, together with those before them; while a
 * write is under way, as soon as the others. When the process ends by itself, all are written; when it is killed, up to 50 ms of them are lost.
 *
 * @param secretHeaders names of headers whose values are masked, if one is logged by mistake.
 * @param file the descriptor of the file that is written to.
 */
export function createLog(level: string, secretHeaders: readonly string[], file: number = process.stdout.fd): Logger {
  const paths = HEADER_PATHS.flatMap((path) => secretHeaders.map((header) => `${path}["${header}"]`));
  const output = pino.destination({
    fd: file,
    sync: false,
    minLength: BYTES_OF_A_WRITE,
    periodicFlush: WRITTEN_WITHIN_MS,
    maxLength: MAX_WAITING_BYTES,
  });
  const { warn = 0 } = pino.levels.values;
  return pino(
    {
      level,
      redact: { paths, censor: "[secret]" },
      base: null,
      hooks: {
        logMethod(args, method, number) {
          method.apply(this, args);
          if (number >= warn) output.flush();
        },
      },
    },
    output,
  );
}
