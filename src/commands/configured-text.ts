import { PROVIDERS, PROVIDER_NAMES } from "../domain/provider";
import type { DatabaseVersion } from "../store/migrations/versions";
import type { Configuration } from "../wiring/configuration";
import { databaseText, providersText, versionText } from "../wiring/configured";
import { addressText } from "../wiring/listen-refusal";
import { tenantsOf } from "../wiring/open-tenant";
import type { Tenant } from "../wiring/open-tenants";

/**
 * What is configured, a line for each part, without secrets.
 *
 * @param version `null`: the database cannot be used.
 */
export function configuredText(config: Configuration, version: DatabaseVersion | null): string {
  const { access, persistedOperations: operations } = config;
  const rows: readonly (readonly [string, string])[] = [
    ["address", `http://${addressText(config.server)}/graphql`],
    ["database", [databaseText(config.database), ...(version ? [versionText(version)] : [])].join(", ")],
    ["callers", callersText(config)],
    ["tenants", access.tenantsFile ?? "one, by the environment"],
    ...tenantsOf(config).map((tenant): readonly [string, string] => [`  ${tenant.id}`, tenantText(tenant)]),
    ["pages", `playground ${onOff(config.playground)}, introspection ${onOff(config.introspection)}`],
    ["operations", operations === null ? "any" : `only ${String(operations.length)} that are registered`],
    ["metrics", metricsText(config)],
    ["cursors", config.cursorSecrets ? "sealed by CURSOR_SECRET" : "sealed by a secret in the database"],
    ["proxy", config.providerProxy ?? "none"],
    ["log", config.logLevel],
    ["traces", config.tracesUrl === null ? "off" : "sent to the collector of OTEL_EXPORTER_OTLP_ENDPOINT"],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`).join("\n");
}

function callersText({ access }: Configuration): string {
  const { kinds, jwt } = access;
  if (kinds.length === 0) return "anybody (AUTH is none)";
  return [...kinds, ...(jwt ? [`tokens of ${jwt.issuer} for ${jwt.audience}`] : [])].join(", ");
}

/** `Surfe (500 credits a month), Lusha; 2 keys (web, batch); 600 requests a minute`. */
function tenantText(tenant: Tenant): string {
  const { keys, requestsPerMinute } = tenant;
  const names = keys.map(({ name }) => JSON.stringify(name)).join(", ");
  return [
    tenant.sandbox ? providersText(tenant) : providersWithBudgets(tenant),
    ...(keys.length > 0 ? [`keys ${names}`] : []),
    ...(requestsPerMinute === null ? [] : [`${String(requestsPerMinute)} requests a minute`]),
  ].join("; ");
}

function providersWithBudgets({ providers }: Tenant): string {
  const texts = PROVIDERS.filter((provider) => providers[provider].apiKey !== null).map((provider) => {
    const { creditBudget } = providers[provider];
    const name = PROVIDER_NAMES[provider];
    return creditBudget === null ? name : `${name} (${String(creditBudget)} credits a month)`;
  });
  return texts.join(", ") || "no provider";
}

function metricsText({ access: { metricsToken, kinds } }: Configuration): string {
  if (metricsToken) return "with METRICS_TOKEN";
  return kinds.length === 0 ? "open" : "not served (METRICS_TOKEN is not set)";
}

function onOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}
