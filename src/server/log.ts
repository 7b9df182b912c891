import pino, { type Logger } from "pino";

/** Where libraries put headers in what they log. */
const HEADER_PATHS = ["headers", "err.config.headers", "req.headers", "request.headers"];

/**
 * The one logger: JSON lines on standard output.
 *
 * @param secretHeaders names of headers whose values are masked, should one reach a log line by mistake.
 */
export function createLog(level: string, secretHeaders: readonly string[]): Logger {
  const paths = HEADER_PATHS.flatMap((path) => secretHeaders.map((header) => `${path}["${header}"]`));
  return pino({ level, redact: { paths, censor: "[secret]" }, base: null });
}
