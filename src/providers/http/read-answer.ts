import type { z } from "zod";
import { ProviderError, type ProviderErrorCode, type ProviderErrorOptions } from "../../domain/errors";
import { PROVIDER_NAMES } from "../../domain/provider";
import { parseJson, type Answered, type Held, type Lost, type Outcome, type Unreadable } from "./outcome";
import type { ProviderAnswer, ProviderCall, ProviderHttpOptions } from "./provider-call";
import { interpretRefusal } from "./refusal";
import { retryAfterOf } from "./retry-after";

/** What is needed to make an error of an outcome. `secrets` are removed from the provider's messages. */
export interface FailureContext {
  readonly options: ProviderHttpOptions;
  readonly maxBodyBytes: number;
  readonly secrets: readonly string[];
  readonly now: number;
  /** When an open circuit allows a probe; `null` where it is not open. */
  readonly probeAt: Date | null;
}

export type Reading<T> =
  | { readonly kind: "answer"; readonly answer: Omit<ProviderAnswer<T>, "attempts"> }
  | { readonly kind: "failure"; readonly error: ProviderError };

/** A 2xx whose body fits the call's schema is an answer; anything else is a failure. */
export function readAnswer<T>(outcome: Outcome, call: ProviderCall<T>, context: FailureContext): Reading<T> {
  if (outcome.kind !== "answered" || outcome.status < 200 || outcome.status > 299) {
    return { kind: "failure", error: failureOf(outcome, context) };
  }
  const { status, headers, text } = outcome;
  const json = parseJson(text);
  if (!json.ok && !call.anyBody) {
    return { kind: "failure", error: badBody("not-json", "NOT_JSON", { status }, context) };
  }
  const body = json.ok ? json.value : undefined;
  const refused = context.options.findRefusal?.(body);
  if (refused) return { kind: "failure", error: refusedFailure(outcome, refused.status, context) };
  const { data, error } = call.schema.safeParse(body);
  if (error) {
    const charged = call.chargedIn?.(body) ?? null;
    return { kind: "failure", error: badBody("wrong-shape", placesOf(error), { status, charged }, context) };
  }
  return { kind: "answer", answer: { body: data, status, headers } };
}

/** Where a body differs from its schema, and how: `companies.3.name invalid_type`. At most three places. */
function placesOf({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.map(placeName).join(".")} ${code}`)
    .join(", ");
}

/** A key in a path; `*` where it may be a value of the provider rather than a field name. */
function placeName(key: PropertyKey): string {
  const name = String(key);
  return /^\w{1,40}$/.test(name) ? name : "*";
}

/** The error for an outcome without a 2xx. It has no error of axios as its cause, since those contain the headers. */
function failureOf(outcome: Outcome, context: FailureContext): ProviderError {
  switch (outcome.kind) {
    case "answered":
      return answeredFailure(outcome, context);
    case "unreadable":
      return unreadableFailure(outcome, context);
    case "lost":
      return lostFailure(outcome, context);
    case "held":
      return heldFailure(outcome, context);
    default:
      return outcome satisfies never;
  }
}

/** The error for a 2xx that cannot be used. `detail` has field names, never values. */
function badBody(
  what: "not-json" | "wrong-shape",
  detail: string,
  answer: { readonly status: number; readonly charged?: number | null },
  context: FailureContext,
): ProviderError {
  const fault = what === "not-json" ? "is not JSON" : "is not of the documented shape";
  const message = `The answer of ${nameIn(context)} (${answer.status}) ${fault}.`;
  return errorOf("PROVIDER_BAD_RESPONSE", message, context, { ...answer, cause: causeOf(detail) });
}

function answeredFailure(answer: Answered, context: FailureContext): ProviderError {
  const { status } = answer;
  if (status >= 400) return refusedFailure(answer, status, context);
  const message = `${nameIn(context)} answered ${status}, which is neither a result nor an error. Check ${context.options.provider}_BASE_URL.`;
  return errorOf("PROVIDER_BAD_RESPONSE", message, context, { status });
}

/** @param statusOfError the status that the answer or its body states; `null` where a 2xx reports an error without one. */
function refusedFailure(answer: Answered, statusOfError: number | null, context: FailureContext): ProviderError {
  const { status, text, headers } = answer;
  const { code, message, words, objections } = interpretRefusal(
    { status: statusOfError, text },
    context.options,
    context.secrets,
  );
  const retryAfter = retryAfterOf(headers, status, context.now);
  return errorOf(code, message, context, { status, retryAfter, words, objections });
}

function unreadableFailure({ how, code }: Unreadable, context: FailureContext): ProviderError {
  const message =
    how === "too-large"
      ? `The answer of ${nameIn(context)} is larger than ${context.maxBodyBytes} bytes.`
      : `The answer of ${nameIn(context)} cannot be read.`;
  return errorOf("PROVIDER_BAD_RESPONSE", message, context, { cause: causeOf(code) });
}

function lostFailure({ how, sent, code }: Lost, context: FailureContext): ProviderError {
  const cause = causeOf(code);
  if (how === "certificate")
    return errorOf("PROVIDER_UNAVAILABLE", certificateMessage(code, context), context, { cause });
  const via = context.options.proxy === undefined ? "" : " through PROVIDER_PROXY";
  const message = sent ? lostMessage(how, context) : `${nameIn(context)} could not be reached${via}.`;
  return sent && context.options.repeats === "never"
    ? errorOf("PROVIDER_OUTCOME_UNKNOWN", `${message} A retry may be charged again.`, context, { cause })
    : errorOf("PROVIDER_UNAVAILABLE", message, context, { cause });
}

function certificateMessage(code: string, context: FailureContext): string {
  const fault = code === "CERT_HAS_EXPIRED" ? "has expired" : "is not one that this server trusts";
  return `The certificate of ${nameIn(context)} ${fault} (${code}), so nothing was sent. Retries fail too, until the certificate is replaced.`;
}

function lostMessage(how: Exclude<Lost["how"], "certificate">, context: FailureContext): string {
  const name = nameIn(context);
  switch (how) {
    case "timeout":
      return `${name} did not answer within ${context.options.timeoutMs} ms.`;
    case "connection":
      return `The connection to ${name} was lost before an answer came.`;
    case "cut-off":
      return `The answer of ${name} was cut off.`;
    default:
      return how satisfies never;
  }
}

function heldFailure({ by, until }: Held, context: FailureContext): ProviderError {
  const name = nameIn(context);
  const held = { retryAfter: until, isHeld: true };
  switch (by) {
    case "circuit": {
      const message = `${name} failed several times in a row and is not called for a while.`;
      return errorOf("PROVIDER_UNAVAILABLE", message, context, held);
    }
    case "limiter":
      return errorOf("PROVIDER_RATE_LIMITED", `Too many calls are waiting for ${name}.`, context, held);
    case "quota": {
      const message = `${name} accepts no more calls for now: its own rate limit is reached.`;
      return errorOf("PROVIDER_RATE_LIMITED", message, context, held);
    }
    default:
      return by satisfies never;
  }
}

function errorOf(
  code: ProviderErrorCode,
  message: string,
  { options, probeAt }: FailureContext,
  more: ProviderErrorOptions = {},
): ProviderError {
  // While the circuit is open, no retry can succeed before the probe.
  const blocked = code === "PROVIDER_UNAVAILABLE" || code === "PROVIDER_RATE_LIMITED" ? probeAt : null;
  const retryAfter = laterOf(more.retryAfter ?? null, blocked);
  return new ProviderError(options.provider, code, message, { ...more, retryAfter });
}

function laterOf(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function causeOf(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function nameIn(context: FailureContext): string {
  return PROVIDER_NAMES[context.options.provider];
}
