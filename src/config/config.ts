import type { DatabaseConfig } from "./kinds/database.kinds";
import { isLoopback } from "./loopback";
import type { PersistedOperation } from "./persisted-operations";
import type { LetricsConfig, LinkupConfig, LushaConfig, SurfeConfig } from "./provider.config";
import type { Secret } from "./secret";
import { letricsConfig } from "./variables/letrics.variables";
import { type LimitsConfig, limitsConfig } from "./variables/limits.variables";
import { linkupConfig } from "./variables/linkup.variables";
import { lushaConfig } from "./variables/lusha.variables";
import { surfeConfig } from "./variables/surfe.variables";
import type { Variables } from "./variables/variables";

/** Everything that is set from outside. Safe to log: what is secret shows as `[secret]`. */
export interface Config {
  /** `port` 0 takes a free one. `host` has no brackets. */
  readonly server: { readonly host: string; readonly port: number };
  readonly database: DatabaseConfig;
  /** Whether the built-in simulators answer, for every provider. */
  readonly sandbox: boolean;
  readonly providers: ProvidersConfig;
  /** At least one where set: the first seals, all open. `null`: one is made and kept in the database. */
  readonly cursorSecrets: Secret<readonly Buffer[]> | null;
  readonly playground: boolean;
  readonly introspection: boolean;
  /** The only operations that run, at least one; `null`: every operation runs. */
  readonly persistedOperations: readonly PersistedOperation[] | null;
  readonly limits: LimitsConfig;
  readonly logLevel: LogLevel;
}

/** The providers' settings, whether or not they have a key. */
export interface ProvidersConfig {
  readonly surfe: SurfeConfig;
  readonly lusha: LushaConfig;
  readonly linkup: LinkupConfig;
  readonly letrics: LetricsConfig;
}

/** Pino's levels, and `silent` for no log at all. */
export type LogLevel = Variables["LOG_LEVEL"];

/** The configuration that checked variables amount to. */
export function configOf(values: Variables): Config {
  const local = isLoopback(values.HOST);
  const providers: ProvidersConfig = {
    surfe: surfeConfig(values),
    lusha: lushaConfig(values),
    linkup: linkupConfig(values),
    letrics: letricsConfig(values),
  };
  return {
    server: { host: values.HOST, port: values.PORT },
    database: values.DATABASE_URL,
    sandbox: sandboxOf(values.SANDBOX, providers),
    providers,
    cursorSecrets: values.CURSOR_SECRET,
    playground: values.PLAYGROUND ?? local,
    introspection: values.INTROSPECTION ?? local,
    persistedOperations: values.PERSISTED_OPERATIONS_FILE,
    limits: limitsConfig(values),
    logLevel: values.LOG_LEVEL,
  };
}

function sandboxOf(setting: Variables["SANDBOX"], providers: ProvidersConfig): boolean {
  if (setting !== "auto") return setting === "on";
  const { surfe, lusha, linkup, letrics } = providers;
  return [surfe, lusha, linkup, letrics].every(({ apiKey }) => apiKey === null);
}
