import { accessSettings } from "./access/access-settings";
import type { AccessValues, ServerValues } from "./config";
import { isLoopback } from "./loopback";
import { addressProblems } from "./provider-addresses";
import { hasAnyKey, type ProvidersConfig, type SettingsByProvider } from "./provider-values";
import { serverSettings } from "./server-settings";
import type { SettingsReader } from "./settings-reader";

/** Checks rules that concern several variables. */
export function checkBetween(
  reader: SettingsReader,
  server: ServerValues,
  settingsOf: SettingsByProvider,
  providers: ProvidersConfig<SettingsByProvider>,
  hasTenantsFile: boolean,
): void {
  const { host, sandbox, sandboxFail } = serverSettings;
  reader.check(
    sandbox.variable,
    !hasTenantsFile && !isLoopback(server.host) && server.sandbox === "auto" && !hasAnyKey(providers),
    "takes on or off while HOST is not loopback and no provider has a key: auto starts the simulators on loopback only",
    [host.variable, ...Object.values(settingsOf).map(({ settings }) => settings.apiKey.variable)],
  );
  reader.check(
    sandboxFail.variable,
    [...server.sandboxFail.keys()].some((name) => !(name in settingsOf)),
    `knows these simulators: ${Object.keys(settingsOf).join(", ")}`,
    [],
  );
  const { allowInsecureProviders } = serverSettings;
  const keyName = (provider: string): string => settingsOf[provider]?.settings.apiKey.variable ?? "";
  const problems = addressProblems(settingsOf, providers, server.allowInsecureProviders, keyName);
  for (const { provider, rule } of problems) {
    const baseUrl = settingsOf[provider]?.settings.baseUrl.variable ?? "";
    reader.check(baseUrl, true, rule, [keyName(provider), allowInsecureProviders.variable]);
  }
}

/** Checks the settings about who may send requests. */
export function checkAccess(reader: SettingsReader, server: ServerValues, access: AccessValues): void {
  const { auth, allowAnonymous, tenantsFile, jwksUrl, issuer, audience } = accessSettings;
  reader.check(
    serverSettings.host.variable,
    !isLoopback(server.host) && access.auth.length === 0 && !access.allowAnonymous,
    "takes 127.0.0.0/8, ::1 or localhost while AUTH is none, unless ALLOW_ANONYMOUS=true",
    [auth.variable, allowAnonymous.variable],
  );
  reader.check(
    auth.variable,
    access.tenantsFile !== null && access.auth.length === 0,
    "takes api-key, jwt, or api-key,jwt while TENANTS_FILE is set",
    [tenantsFile.variable],
  );
  reader.check(
    tenantsFile.variable,
    access.auth.join() === "api-key" && access.tenantsFile === null,
    "is needed while AUTH is api-key: it has the hashes of the keys",
    [auth.variable],
  );
  for (const [setting, value] of [
    [jwksUrl, access.jwksUrl],
    [issuer, access.issuer],
    [audience, access.audience],
  ] as const) {
    reader.check(setting.variable, access.auth.includes("jwt") && value === null, "is needed while AUTH has jwt", [
      auth.variable,
    ]);
  }
}
