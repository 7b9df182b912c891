import pino, { type Logger } from "pino";

/** Names under which a secret could reach a log line by mistake, at any place libraries put them. */
const SECRET_PATHS = ["headers", "err.config.headers", "req.headers", "request.headers"].flatMap((path) =>
  ["authorization", "api_key", '["x-api-key"]', '["x-linkup-login-token"]', "cookie"].map((name) =>
    name.startsWith("[") ? `${path}${name}` : `${path}.${name}`,
  ),
);

/** The one logger: JSON lines on standard output. */
export function createLog(level: string): Logger {
  return pino({ level, redact: { paths: SECRET_PATHS, censor: "[secret]" }, base: null });
}
