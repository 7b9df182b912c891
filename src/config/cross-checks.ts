import { hasAnyKey, type ProvidersConfig, type ServerValues, type SettingsByProvider } from "./config";
import { isLoopback } from "./loopback";
import { serverSettings } from "./server-settings";
import type { SettingsReader } from "./settings-reader";

/** Checks rules that concern several variables. */
export function checkBetween(
  reader: SettingsReader,
  server: ServerValues,
  settingsOf: SettingsByProvider,
  providers: ProvidersConfig<SettingsByProvider>,
): void {
  const { host, sandbox, sandboxFail, allowAnonymous } = serverSettings;
  const isOpen = !isLoopback(server.host);
  reader.check(
    host.variable,
    isOpen && !server.allowAnonymous,
    "takes 127.0.0.0/8, ::1 or localhost while AUTH is none, unless ALLOW_ANONYMOUS=true",
    [allowAnonymous.variable],
  );
  reader.check(
    sandbox.variable,
    isOpen && server.sandbox === "auto" && !hasAnyKey(providers),
    "takes on or off while HOST is not loopback and no provider has a key: auto starts the simulators on loopback only",
    [host.variable, ...Object.values(settingsOf).map(({ settings }) => settings.apiKey.variable)],
  );
  reader.check(
    sandboxFail.variable,
    [...server.sandboxFail.keys()].some((name) => !(name in settingsOf)),
    `knows these simulators: ${Object.keys(settingsOf).join(", ")}`,
    [],
  );
  checkAddresses(reader, server, settingsOf, providers);
}

/** Checks that each provider with a key has an address, and that its key is not sent in clear text. */
function checkAddresses(
  reader: SettingsReader,
  server: ServerValues,
  settingsOf: SettingsByProvider,
  providers: ProvidersConfig<SettingsByProvider>,
): void {
  for (const [name, { settings }] of Object.entries(settingsOf)) {
    const { apiKey, baseUrl } = settings;
    const values = providers[name];
    reader.check(
      baseUrl.variable,
      values !== undefined && values.apiKey !== null && values.baseUrl === null,
      `is needed with ${apiKey.variable}: this provider has no public base URL`,
      [apiKey.variable],
    );
    reader.check(
      baseUrl.variable,
      !server.allowInsecureProviders && isInClearText(values?.baseUrl ?? null),
      "takes https:// beyond loopback, unless ALLOW_INSECURE_PROVIDERS=true: the key would go out in clear text",
      [serverSettings.allowInsecureProviders.variable],
    );
  }
}

/** Whether requests to this URL can be read on the network. */
function isInClearText(baseUrl: string | null): boolean {
  if (baseUrl === null) return false;
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "http:" && !isLoopback(hostname.replace(/^\[|\]$/g, ""));
}
