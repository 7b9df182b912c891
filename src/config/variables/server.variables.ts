import { databaseUrl } from "../kinds/database.kinds";
import { host } from "../kinds/address.kinds";
import { wholeNumber } from "../kinds/number.kinds";
import { operationsFile } from "../kinds/operations.kinds";
import { secretKeys } from "../kinds/secret.kinds";
import { onOrOff, oneOf, trueOrFalse } from "../kinds/text.kinds";
import { orDefault, orNull } from "../variable";

/** What the server is and keeps. `PLAYGROUND` and `INTROSPECTION` are `null` where the host decides. */
export const serverVariables = {
  HOST: orDefault(host, "127.0.0.1"),
  PORT: orDefault(wholeNumber(0, 65_535), 4000),
  DATABASE_URL: orDefault(databaseUrl, { kind: "sqlite", path: "./data/tributary.db" }),
  SANDBOX: orDefault(oneOf("auto", "on", "off"), "auto"),
  CURSOR_SECRET: orNull(secretKeys),
  ALLOW_ANONYMOUS: orDefault(trueOrFalse, false),
  PLAYGROUND: orNull(onOrOff),
  INTROSPECTION: orNull(onOrOff),
  PERSISTED_OPERATIONS_FILE: operationsFile,
  LOG_LEVEL: orDefault(oneOf("fatal", "error", "warn", "info", "debug", "trace", "silent"), "info"),
};
