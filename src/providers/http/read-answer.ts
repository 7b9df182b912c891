import type { z } from "zod";
import type { ProviderError } from "../../domain/errors";
import { badBody, failureOf, type FailureContext } from "./failure";
import { parseJson } from "./json";
import type { Outcome } from "./outcome";
import type { ProviderAnswer } from "./provider-call";

export type Reading<T> =
  | { readonly kind: "answer"; readonly answer: Omit<ProviderAnswer<T>, "attempts"> }
  | { readonly kind: "failure"; readonly error: ProviderError };

/** A 2xx whose body fits `schema` is an answer; anything else is a failure. */
export function readAnswer<T>(outcome: Outcome, schema: z.ZodType<T>, context: FailureContext): Reading<T> {
  if (outcome.kind !== "answered" || outcome.status < 200 || outcome.status > 299) {
    return { kind: "failure", error: failureOf(outcome, context) };
  }
  const { status, headers, text } = outcome;
  const json = parseJson(text);
  if (!json.ok) return { kind: "failure", error: badBody("not-json", "NOT_JSON", status, context) };
  const { data, error } = schema.safeParse(json.value);
  if (error) return { kind: "failure", error: badBody("wrong-shape", placesOf(error), status, context) };
  return { kind: "answer", answer: { body: data, status, headers } };
}

/** Where a body departs from its schema, and how: `companies.3.name invalid_type`. At most three places. */
function placesOf({ issues }: z.ZodError): string {
  return issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.map(placeName).join(".")} ${code}`)
    .join(", ");
}

/** Keys that do not look like a documented name may be a provider's data. */
function placeName(key: PropertyKey): string {
  const name = String(key);
  return /^\w{1,40}$/.test(name) ? name : "*";
}
