import type { ProvidersConfig, SettingsByProvider } from "./provider-values";
import { isLoopback } from "./loopback";

/** A provider whose base URL breaks a rule. */
export interface AddressProblem {
  readonly provider: string;
  readonly rule: string;
}

/**
 * Checks that each provider with a key has an address, and that keys are not sent in clear text.
 *
 * @param keyName what the key's setting is called where the problem is shown.
 */
export function addressProblems(
  settingsOf: SettingsByProvider,
  providers: ProvidersConfig<SettingsByProvider>,
  allowInsecure: boolean,
  keyName: (provider: string) => string,
): readonly AddressProblem[] {
  return Object.keys(settingsOf).flatMap((provider): readonly AddressProblem[] => {
    const { apiKey = null, baseUrl = null } = providers[provider] ?? {};
    if (apiKey !== null && baseUrl === null) {
      return [{ provider, rule: `is needed with ${keyName(provider)}: this provider has no public base URL` }];
    }
    if (allowInsecure || !isInClearText(baseUrl)) return [];
    const rule =
      "takes https:// beyond loopback, unless ALLOW_INSECURE_PROVIDERS=true: the key would go out in clear text";
    return [{ provider, rule }];
  });
}

/** Whether requests to this URL can be read on the network. */
function isInClearText(baseUrl: string | null): boolean {
  if (baseUrl === null) return false;
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === "http:" && !isLoopback(hostname.replace(/^\[|\]$/g, ""));
}
