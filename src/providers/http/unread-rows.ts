import { ProviderError } from "../../domain/errors";
import { PROVIDER_NAMES, type Provider } from "../../domain/provider";

/** The issue for rows that cannot be read (`null` in `rows`); none where all can be read. */
export function unreadRows(provider: Provider, rows: readonly unknown[]): readonly ProviderError[] {
  const unread = rows.filter((row) => row === null).length;
  if (unread === 0) return [];
  const message = `${String(unread)} of ${String(rows.length)} rows that ${PROVIDER_NAMES[provider]} sent cannot be read and are left out.`;
  return [new ProviderError(provider, "PROVIDER_BAD_RESPONSE", message)];
}

/** Whether the error is for a 2xx that cannot be read: it may have been charged. */
export function isUnreadAnswer({ code, status }: ProviderError): boolean {
  return code === "PROVIDER_BAD_RESPONSE" && (status === null || (status >= 200 && status < 300));
}
