import pino, { type Logger } from "pino";

/** Paths at which libraries put headers into log entries. */
const HEADER_PATHS = ["headers", "err.config.headers", "req.headers", "request.headers"];

/**
 * Creates the logger: JSON lines on standard output.
 *
 * @param secretHeaders names of headers whose values are masked, if one is logged by mistake.
 */
export function createLog(level: string, secretHeaders: readonly string[]): Logger {
  const paths = HEADER_PATHS.flatMap((path) => secretHeaders.map((header) => `${path}["${header}"]`));
  return pino({ level, redact: { paths, censor: "[secret]" }, base: null });
}
