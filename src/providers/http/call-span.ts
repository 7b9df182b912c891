import type { Span, SpanValues, Tracing } from "../../domain/tracing";
import type { SendOutcome } from "./outcome";
import type { ProviderCall, ProviderHttpOptions } from "./provider-call";

/**
 * Sends one attempt in a span. Its URL has no query, user name or password: they can contain search values and keys.
 *
 * @param send one attempt, whose number is `attempt`, from 1.
 * @see OpenTelemetry, semantic conventions of HTTP clients, 1.38.
 */
export function callSpan(
  tracing: Tracing,
  { provider, baseUrl }: Pick<ProviderHttpOptions, "provider" | "baseUrl">,
  { method, path, operation }: Pick<ProviderCall<unknown>, "method" | "path" | "operation">,
  attempt: number,
  send: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const values = {
    "http.request.method": method,
    ...addressOf(baseUrl, path),
    ...(attempt > 1 ? { "http.request.resend_count": attempt - 1 } : {}),
    "tributary.provider": provider,
    "tributary.operation": operation,
  };
  const work = async (span: Span): Promise<SendOutcome> => {
    const outcome = await send();
    if (outcome.kind === "answered") span.set({ "http.response.status_code": outcome.status });
    const failure = failureOf(outcome);
    if (failure !== null) span.fail(failure);
    return outcome;
  };
  return tracing.span(method, values, work, "client");
}

function addressOf(baseUrl: string, path: string): SpanValues {
  const { protocol, hostname, port, origin, pathname } = new URL(baseUrl);
  return {
    "url.full": `${origin}${pathname.replace(/\/$/, "")}${path}`,
    "server.address": hostname,
    "server.port": Number(port === "" ? (protocol === "https:" ? 443 : 80) : port),
  };
}

function failureOf(outcome: SendOutcome): string | null {
  if (outcome.kind !== "answered") return outcome.code;
  return outcome.status >= 400 ? String(outcome.status) : null;
}
